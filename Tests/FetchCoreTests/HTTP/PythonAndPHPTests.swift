import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("JSON of Python and PHP servers") struct PythonAndPHPTests {
    private struct Reply: Decodable, Equatable {
        struct Meta: Decodable, Equatable {
            var seed: Int
            var loss: Double?
        }

        var status: String
        var meta: Meta?
        var scores: [Double?]?
    }

    private func response(_ body: String) -> FetchResponse { FetchResponse(status: 200, body: Data(body.utf8)) }

    @Test(arguments: ["NaN", "Infinity", "-Infinity"])
    func `a number that isn't JSON is null, for JSONValue and for an endpoint's own type`(number: String) throws {
        let body = #"{"status":"done","meta":{"seed":7,"loss":\#(number)},"scores":[\#(number),1.5,\#(number)]}"#
        let value: JSONValue = try response(body).json()
        #expect(value["meta"]?.object?["loss"] == .null)
        #expect(value["scores"] == .array([.null, .number(1.5), .null]))
        let reply: Reply = try response(body).json()
        #expect(reply == Reply(status: "done", meta: Reply.Meta(seed: 7, loss: nil), scores: [nil, 1.5, nil]))
    }

    @Test func `the names of such numbers in strings stay as they are`() throws {
        let reply: Reply = try response(#"{"status":"NaN, \"Infinity\"","scores":[NaN]}"#).json()
        #expect(reply == Reply(status: #"NaN, "Infinity""#, scores: [nil]))
    }

    @Test(arguments: ["-NaN", "nan", "Inf", "+Infinity", "Nan", "NaNs", "Infinit"])
    func `other words are not JSON`(word: String) {
        #expect(throws: FetchError.self) { try response(#"{"status":"","scores":[\#(word)]}"#).json(Reply.self) }
        #expect(throws: FetchError.self) { try response(#"{"scores":[\#(word)]}"#).json(JSONValue.self) }
    }

    @Test func `a job whose metadata has NaN is found done at the first request`() async throws {
        let harness = PollingHarness([.json(#"{"state":"done","message":"done","loss":NaN}"#)])
        #expect(await harness.poll().output == "done")
        #expect(harness.requestTimes.count == 1)
    }

    @Test(arguments: [
        "<br />\n<b>Warning</b>:  Undefined array key \"eta\" in <b>/srv/api.php</b> on line <b>12</b><br />\n",
        "Notice: [2026-01-01 12:00] something {odd}\n", "Deprecated: x\n\n", "0 errors\n",
    ])
    func `text before the JSON is an error that says so`(text: String) throws {
        for json in [#"{"status":"done"}"#, #"[{"status":"done"}]"#] {
            for read in [{ _ = try $0.json(Reply.self) }, { _ = try $0.json(JSONValue.self) }] as [Read] {
                let error = try #require(throws: FetchError.self) { try read(response(text + json)) }
                #expect(error.code == .malformedResponse)
                let start = "the response has \(text.utf8.count) bytes of other text before its JSON; it begins “"
                #expect(error.message.hasPrefix(start))
                #expect(error.remedy?.contains("Report it to the provider") == true)
            }
        }
    }

    private typealias Read = @Sendable (FetchResponse) throws -> Void

    @Test(arguments: ["<html>{}</html>", #"{"a":1}{"b":2}"#, #"{"a":{"b":1}"#, "oops", "oops {", #""a" {"b":1}"#])
    func `a body without one whole JSON value at its end has the parser's error`(body: String) throws {
        let error = try #require(throws: FetchError.self) { try response(body).json(JSONValue.self) }
        #expect(error.message.hasPrefix("the response is not JSON: "))
    }

    @Test func `the search for JSON is bounded`() throws {
        let body = "x" + String(repeating: "{", count: 200_000)
        let error = try #require(throws: FetchError.self) { try response(body).json(JSONValue.self) }
        #expect(error.message.hasPrefix("the response is not JSON: "))
    }
}
