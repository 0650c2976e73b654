#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// Has the decoder read what no provider should send. It may throw or answer whatever it likes; a trap ends the
    /// process here.
    func survive(_ id: Endpoint.ID) async throws {
        for (name, body) in oddBodies {
            let response = FetchResponse(status: 200, body: body)
            _ = try await ask(id, [response], probing: "HTTP 200 with \(name)")
        }
        for status in usualStatuses {
            for body in ["", "{}"] {
                let response = FetchResponse(status: status, body: Data(body.utf8))
                _ = try await ask(id, [response], probing: "HTTP \(status) with the body “\(body)”")
            }
        }
        for fixture in fixtures {
            try await surviveCuts(of: fixture, id)
            try await surviveWrongTypes(in: fixture, id)
        }
    }

    private func surviveCuts(of fixture: EndpointFixture, _ id: Endpoint.ID) async throws {
        let body = fixture.response.body
        let step = max(body.count / 40, 1)
        for length in stride(from: 0, to: body.count, by: step) {
            var cut = fixture.response
            cut.body = body.prefix(length)
            let probe = "the \(fixture.meaning) fixture, cut off behind \(length) bytes"
            _ = try await ask(id, [cut] + fixture.further, probing: probe)
        }
        for status in usualStatuses {
            var other = fixture.response
            other.status = status
            _ = try await ask(
                id,
                [other] + fixture.further,
                probing: "the \(fixture.meaning) fixture with HTTP \(status)"
            )
        }
    }

    private func surviveWrongTypes(in fixture: EndpointFixture, _ id: Endpoint.ID) async throws {
        guard let json = fixture.json else { return }
        for path in json.paths {
            for value in oddValues {
                let probe = "the \(fixture.meaning) fixture with \(value.map { "\($0)" } ?? "nothing") as \(path.shown)"
                _ = try await ask(id, fixture.responses(with: value, at: path, of: json), probing: probe)
            }
        }
    }
}

private let usualStatuses = [
    200, 201, 202, 204, 206, 301, 302, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 425, 429,
    451, 499, 500, 501, 502, 503, 504, 520, 522, 524, 529, 599,
]

private let oddBodies: [(String, Data)] = [
    ("an empty body", Data()),
    ("a page", Data("<html><body><h1>It works</h1></body></html>".utf8)),
    ("truncated JSON", Data(#"{"status":"success","output":["https://exam"#.utf8)),
    ("null", Data("null".utf8)),
    ("[]", Data("[]".utf8)),
    ("{}", Data("{}".utf8)),
    ("a text", Data(#""text""#.utf8)),
    ("a number", Data("42".utf8)),
    ("an array of nulls", Data("[null,null]".utf8)),
    ("a member named twice", Data(#"{"status":"success","status":"processing","output":[],"output":""}"#.utf8)),
    ("numbers beyond all types", Data(#"{"eta":1e999,"id":99999999999999999999,"progress":-1e-999}"#.utf8)),
    ("bytes that are no text", Data([0xFF, 0xFE, 0x00, 0xD8, 0x00])),
    ("a byte order mark", Data([0xEF, 0xBB, 0xBF]) + Data("{}".utf8)),
    ("zero bytes", Data(count: 64)),
    ("deep arrays", nested("[", "]")),
    ("deep objects", nested(#"{"a":"#, "}", around: "null")),
]

/// Deeper than any parser that counts, and cheap to look through for a key.
private func nested(_ opening: String, _ closing: String, around core: String = "") -> Data {
    let depth = 2_000
    return Data((String(repeating: opening, count: depth) + core + String(repeating: closing, count: depth)).utf8)
}

private let oddValues: [JSONValue?] = [
    nil, .null, true, 0, -1, 0.5, .integer(.max), .integer(.min), .number(1e300), .number(-1e300), "", " ", "NaN",
    "1e999",
    "-5", "not a url", "http://[", "ü\u{0}", [], [[]], [nil], ["", 7], [:], ["a": [:]],
]
