import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests that an unexpected body is an error that quotes it, and never a trap or a hang.
@Suite("JSON of responses") struct ResponseJSONTests {
    private struct Reply: Decodable {
        struct Job: Decodable {
            var id: Int
        }

        var status: String
        var jobs: [Job]?
    }

    private func error(_ body: Data, status: Int = 200) throws -> FetchError {
        try #require(
            #expect(throws: FetchError.self) {
                _ = try FetchResponse(status: status, body: body).json(Reply.self)
            }
        )
    }

    private func error(_ body: String, status: Int = 200) throws -> FetchError {
        try error(Data(body.utf8), status: status)
    }

    @Test(arguments: [
        ("", "the response is empty"),
        (" ", "the response is not JSON: unexpected end of the input at byte 1, line 1; it begins “ ”"),
        (
            "<html>\n<title>Bad Gateway</title>",
            "the response is not JSON: expected a value at byte 0, line 1; it begins “<html> <title>Bad "
                + "Gateway</title>”"
        ),
        (
            "{\"status\":\"succ",
            "the response is not JSON: unterminated string at byte 15, line 1; it begins “{\"status\":\"succ”"
        ),
        (
            "{\n\"status\":\"success\"",
            "the response is not JSON: expected ',' or '}' after a member at byte 20, line 2; it begins "
                + "“{ \"status\":\"success\"”"
        ),
        (
            "{\"status\":\"success\"}}",
            "the response is not JSON: unexpected data after the value at byte 20, line 1; it begins “{\"status\":\"success\"}}”"
        ),
        ("nul", "the response is not JSON: expected a value at byte 0, line 1; it begins “nul”"),
        ("{}", "the response has no status; it begins “{}”"),
        ("null", "the response's body is not an object but null; it begins “null”"),
        ("[]", "the response's body is not an object; it begins “[]”"),
        ("42", "the response's body is not an object; it begins “42”"),
        ("\"x\"", "the response's body is not an object; it begins “\"x\"”"),
        ("{\"status\":1}", "the response's status is not a string; it begins “{\"status\":1}”"),
        ("{\"status\":null}", "the response's status is not a string but null; it begins “{\"status\":null}”"),
        (
            "{\"status\":\"\",\"jobs\":{}}",
            "the response's jobs is not an array; it begins “{\"status\":\"\",\"jobs\":{}}”"
        ),
        (
            "{\"status\":\"\",\"jobs\":[{\"id\":1},{}]}",
            "the response has no jobs.1.id; it begins “{\"status\":\"\",\"jobs\":[{\"id\":1},{}]}”"
        ),
        (
            "{\"status\":\"\",\"jobs\":[{\"id\":\"1\"}]}",
            "the response's jobs.0.id is not a number; it begins “{\"status\":\"\",\"jobs\":[{\"id\":\"1\"}]}”"
        ),
    ])
    func `the error for an unexpected body describes and quotes it`(body: String, message: String) throws {
        let error = try error(body)
        #expect(error.code == .malformedResponse)
        #expect(error.message == message)
        #expect(error.httpStatus == 200)
        #expect(error.isRetryable)
    }

    @Test func `only the first bytes of a long body are quoted, on one line`() throws {
        let error = try error("\u{202E}<p>\u{2028}\r\n" + String(repeating: "ü", count: 100_000))
        #expect(
            error.message.hasPrefix(
                "the response is not JSON: expected a value at byte 0, line 1; it begins “ <p>   üüü"
            )
        )
        #expect(error.message.hasSuffix("ü…”"))
        #expect(error.description.count < 300)
    }

    @Test(arguments: [
        Data([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]), Data([0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D]),
        Data([0x7B, 0x00, 0x7D, 0x00]),
        Data([0, 0, 0, 0x7B, 0, 0, 0, 0x7D]), Data([0xFF]), Data([0x80, 0x00]), Data(count: 1_000),
    ])
    func `a body that is not UTF-8 is an error`(body: Data) throws {
        #expect(try error(body).code == .malformedResponse)
        #expect(throws: FetchError.self) { try FetchResponse(status: 200, body: body).json(JSONValue.self) }
    }

    @Test func `invalid UTF-8 in one string does not affect other parts of a response`() throws {
        let body = Data(#"{"id":42,"status":""#.utf8) + [0xFF, 0xC0, 0x80] + Data(#""}"#.utf8)
        #expect(try error(body).code == .malformedResponse)
        let value = try FetchResponse(status: 200, body: body).json(JSONValue.self)
        #expect(value["id"] == 42)
        #expect(value["status"] == nil)
    }

    @Test func `a number that no type can represent is an error`() throws {
        #expect(try error(#"{"status":"","jobs":[{"id":1e999}]}"#).code == .malformedResponse)
    }

    @Test func `a byte order mark is ignored`() throws {
        let body = Data("\u{FEFF}{\"status\":\"success\"}".utf8)
        #expect(try FetchResponse(status: 200, body: body).json(Reply.self).status == "success")
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":", "[[\"]\",", "[\"\\\"\",["])
    func `a body nested 100,000 levels deep is an error`(opening: String) throws {
        let body = Data(String(repeating: opening, count: 100_000).utf8)
        let error = #expect(throws: FetchError.self) { try FetchResponse(status: 200, body: body).json(JSONValue.self) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.hasPrefix("the response is nested deeper than 64 levels at byte ") == true)
    }

    @Test func `nesting in UTF-16 is refused as well`() {
        // The first byte of Ģ in UTF-16 is a quotation mark in ASCII.
        let text = "[\"Ģ\"," + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_001)
        let body = Data([0xFF, 0xFE]) + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let error = #expect(throws: FetchError.self) { try FetchResponse(status: 200, body: body).json(JSONValue.self) }
        #expect(error?.message.hasPrefix("the response is not JSON in UTF-8") == true)
    }

    @Test func `64 levels of nesting are accepted`() throws {
        let text = String(repeating: "[", count: 64) + "\"[[[[\"" + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try FetchResponse(status: 200, body: Data(text.utf8)).json(JSONValue.self) }
    }

    @Test func `control characters in member names do not break the line of the error`() throws {
        let body = Data(#"{"a\nb\u202e":{"c":"x"}}"#.utf8)
        let error = #expect(throws: FetchError.self) {
            try FetchResponse(status: 200, body: body).json([String: [String: Int]].self)
        }
        #expect(error?.message.hasPrefix("the response's a b .c is not a number; it begins") == true)
    }

    @Test func `an error status is an error, and its JSON can be read on request`() throws {
        let response = FetchResponse(status: 502, body: Data(#"{"status":"down"}"#.utf8))
        let error = #expect(throws: FetchError.self) { try response.json(Reply.self) }
        #expect(error?.code == .serverError)
        #expect(error?.message == #"the server failed: “{"status":"down"}”"#)
        #expect(try response.json(Reply.self, requiringSuccess: false).status == "down")
    }

    @Test func `an error from an endpoint's decoding is an error about the response`() async throws {
        struct DecodingFailure: Error {}
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in throw DecodingFailure() })
        let error = await #expect(throws: FetchError.self) {
            try await endpoint.requests(for: 42, responses: [.json("{}", status: 201)])
        }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message == "the endpoint can't read the response: DecodingFailure; it begins “{}”")
        #expect(error?.httpStatus == 201)
    }

    @Test func `a body above the client's limit is an error, and one at the limit is accepted`() async throws {
        let transport = ScriptedTransport([.json("{\"a\":\"\(String(repeating: "x", count: 992))\"}")])
        for (limit, fits) in [(1_000, true), (999, false), (0, false), (-1, false)] {
            let client = FetchClient(scripted: transport, responseLimit: limit)
            if fits {
                #expect(try await client.fetch(ConfigurableEndpoint<Int>(), id: 42).isTerminal)
            } else {
                let error = await #expect(throws: FetchError.self) {
                    try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
                }
                #expect(error?.code == .responseTooLarge)
                #expect(error?.message == "the response is larger than the limit of \(max(limit, 0)) bytes")
                #expect(error?.isRetryable == false)
            }
        }
        #expect(transport.requests.map(\.responseLimit) == [1_000, 999, 0, 0])
    }

    @Test func `a body of 50 MB is refused by default`() async throws {
        let body = Data(count: 50_000_000)
        let transport = ScriptedTransport([.response(FetchResponse(status: 200, body: body))])
        let client = FetchClient(scripted: transport)
        let error = await #expect(throws: FetchError.self) {
            try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        }
        #expect(error?.code == .responseTooLarge)
    }
}
