import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests that a JSON body equals the output of `JSONEncoder` with sorted keys and without escaped slashes.
@Suite("JSON bodies") struct JSONBodyTests {
    static let bodies: [[String: JSONValue]] = [
        [:],
        ["id": "42"],
        ["b": 1, "a": 2, "ä": 3, "A": 4, "": 5, "a b": 6],
        ["text": "a\"b\\c/d\n\r\t\u{8}\u{C}\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}\u{2028} naïve 😀 e\u{301}"],
        ["a\"\n": "\\"],
        [
            "numbers": [
                0, -1, .integer(.max), .integer(.min), 0.5, -2.0, 1e300, 1e-7, .number(.leastNonzeroMagnitude),
                123_456_789.125, 1e16,
            ]
        ],
        ["nested": ["list": [nil, true, false, [], [:], ["a": ["b": "c"]]]]],
    ]

    @Test(arguments: bodies)
    func `a body equals the output of JSONEncoder`(members: [String: JSONValue]) async throws {
        let endpoint = ConfigurableEndpoint<Int>(authorization: .none, makeBody: { _ in .json(members) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let request = try #require(try await endpoint.requests(for: 42).first)
        let body = try #require(request.body)
        #expect(String(decoding: body, as: UTF8.self) == String(decoding: try encoder.encode(members), as: UTF8.self))
        #expect(request.headers["Content-Type"] == "application/json")
    }

    @Test(arguments: [#"sk-"quoted"-\-0123"#, "sk-plain-0123456789"])
    func `a key in a body is escaped`(key: String) async throws {
        let endpoint = ConfigurableEndpoint<Int>(authorization: .jsonBody("k\"ey"))
        let requests = try await endpoint.requests(for: 42, credentials: .fixed(["example": APIKey(key)]))
        let body = try FetchResponse(status: 200, body: #require(requests.first?.body)).json(JSONValue.self)
        #expect(body == ["k\"ey": .string(key)])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a number that JSON cannot represent is refused before a request is sent`(number: Double) async throws {
        let endpoint = ConfigurableEndpoint<Int>(makeBody: { _ in .json(["a": [.number(number)]]) })
        let error = try await endpoint.refusal(of: 42)
        #expect(error.code == .malformedEndpoint)
        #expect(error.message == "the body can't be written as JSON")
    }
}
