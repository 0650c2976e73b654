import FetchCore
import FetchWebhooks
import Foundation
import Testing

@Suite("The job of a message") struct JobLocatorTests {
    private func request(_ body: String, path: String = "/") -> WebhookRequest {
        WebhookRequest(path: path, headers: [:], body: Data(body.utf8))
    }

    @Test func `the id is a string or an integer at the declared place`() throws {
        let locator = try JobLocator(endpoint: "example.video", id: "/data/id")
        #expect(locator.job(in: request(#"{"data":{"id":"v-1"}}"#)) == (try JobReference("example.video:v-1")))
        let large = #"{"data":{"id":9007199254740993}}"#
        #expect(locator.job(in: request(large)) == (try JobReference("example.video:9007199254740993")))
    }

    @Test(arguments: [
        "", "null", "[]", "{", #"{"id":"v-1"}"#, #"{"data":"v-1"}"#, #"{"data":{"id":null}}"#, #"{"data":{"id":""}}"#,
        #"{"data":{"id":1.5}}"#, #"{"data":{"id":["v-1"]}}"#, #"{"data":{"id":true}}"#,
        "{\"data\":{\"id\":\"a\\u0000b\"}}", String(repeating: "[", count: 100_000),
    ])
    func `a message without a usable id is about no job`(_ body: String) throws {
        #expect(try JobLocator(endpoint: "example.video", id: "/data/id").job(in: request(body)) == nil)
    }

    @Test func `an id can have a prefix that the message doesn't contain`() throws {
        let locator = try JobLocator(endpoint: "fal.queue", id: "/request_id", idPrefix: "fal-ai/flux/")
        #expect(locator.job(in: request(#"{"request_id":"7"}"#)) == (try JobReference("fal.queue:fal-ai/flux/7")))
    }

    @Test func `the endpoint can be the last segment of the path, if it is one of those that are accepted`() throws {
        let locator = try JobLocator(endpointInPath: ["modelslab.video", "modelslab.faceswap"], id: "/id")
        let body = #"{"id":12}"#
        #expect(
            locator.job(in: request(body, path: "/w/s/modelslab.video")) == (try JobReference("modelslab.video:12"))
        )
        for path in ["/w/s/modelslab.other", "/modelslab.video/s", "/", "", "/w/modelslab.video%20"] {
            #expect(locator.job(in: request(body, path: path)) == nil)
        }
    }

    @Test func `a malformed name or place is an error at creation`() {
        #expect(throws: FetchError.self) { try JobLocator(endpoint: "No Name", id: "/id") }
        #expect(throws: FetchError.self) { try JobLocator(endpointInPath: ["No Name"], id: "/id") }
        #expect(throws: WebhookError.self) { try JobLocator(endpoint: "example.video", id: "id") }
    }

    /// The document and the pointers of RFC 6901, section 5.
    @Test(
        arguments: [
            ("/foo/0", .string("bar")), ("/", .integer(0)), ("/a~1b", .integer(1)), ("/c%d", .integer(2)),
            ("/e^f", .integer(3)), ("/g|h", .integer(4)), ("/i\\j", .integer(5)), ("/k\"l", .integer(6)),
            ("/ ", .integer(7)), ("/m~0n", .integer(8)), ("/foo/2", nil), ("/foo/01", nil), ("/foo/-", nil),
            ("/x/y", nil),
            ("/~01", nil),
        ] as [(String, JSONValue?)]
    )
    func `pointers follow their standard`(_ pointer: String, _ expected: JSONValue?) throws {
        let document = try JSONValue(
            parsing: Data(
                #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#.utf8
            )
        )
        #expect(try JSONPointer(pointer).value(in: document) == expected)
        #expect(try JSONPointer("").value(in: document) == document)
    }

    @Test(arguments: ["a", "/~", "/~2", "/a~"]) func `a malformed pointer is an error`(_ pointer: String) {
        #expect(throws: WebhookError.self) { try JSONPointer(pointer) }
    }
}
