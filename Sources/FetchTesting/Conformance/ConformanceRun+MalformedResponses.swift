#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// Passes malformed responses to the decoder. Any result and any error is accepted; a trap terminates the process.
    func probeMalformedResponses(_ id: Endpoint.ID) async throws {
        for (name, body) in malformedBodies {
            let response = FetchResponse(status: 200, body: body)
            _ = try await poll(id, [response], probing: "HTTP 200 with \(name)")
        }
        for status in statuses {
            for body in ["", "{}"] {
                let response = FetchResponse(status: status, body: Data(body.utf8))
                _ = try await poll(id, [response], probing: "HTTP \(status) with the body “\(body)”")
            }
        }
        for fixture in fixtures {
            try await probeTruncatedBodies(of: fixture, id)
            try await probeWrongTypes(in: fixture, id)
        }
    }

    private func probeTruncatedBodies(of fixture: EndpointFixture, _ id: Endpoint.ID) async throws {
        let body = fixture.response.body
        let step = max(body.count / 40, 1)
        for length in stride(from: 0, to: body.count, by: step) {
            var truncated = fixture.response
            truncated.body = body.prefix(length)
            let probe = "the \(fixture.meaning) fixture, truncated after \(length) bytes"
            _ = try await poll(id, [truncated] + fixture.followUps, probing: probe)
        }
        for status in statuses {
            var other = fixture.response
            other.status = status
            _ = try await poll(
                id,
                [other] + fixture.followUps,
                probing: "the \(fixture.meaning) fixture with HTTP \(status)"
            )
        }
    }

    private func probeWrongTypes(in fixture: EndpointFixture, _ id: Endpoint.ID) async throws {
        guard let json = fixture.json else { return }
        for path in json.paths {
            for value in unexpectedValues {
                let probe = "the \(fixture.meaning) fixture with \(value.map { "\($0)" } ?? "nothing") as \(path)"
                _ = try await poll(id, fixture.responses(with: value, at: path, of: json), probing: probe)
            }
        }
    }
}

private let statuses = [
    200, 201, 202, 204, 206, 301, 302, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 425, 429,
    451, 499, 500, 501, 502, 503, 504, 520, 522, 524, 529, 599,
]

private let malformedBodies: [(String, Data)] = [
    ("an empty body", Data()),
    ("a page", Data("<html><body><h1>It works</h1></body></html>".utf8)),
    ("truncated JSON", Data(#"{"status":"success","output":["https://exam"#.utf8)),
    ("null", Data("null".utf8)),
    ("[]", Data("[]".utf8)),
    ("{}", Data("{}".utf8)),
    ("a string", Data(#""text""#.utf8)),
    ("a number", Data("42".utf8)),
    ("an array of nulls", Data("[null,null]".utf8)),
    ("a duplicate member", Data(#"{"status":"success","status":"processing","output":[],"output":""}"#.utf8)),
    ("numbers out of range", Data(#"{"eta":1e999,"id":99999999999999999999,"progress":-1e-999}"#.utf8)),
    ("bytes that aren't UTF-8", Data([0xFF, 0xFE, 0x00, 0xD8, 0x00])),
    ("a byte order mark", Data([0xEF, 0xBB, 0xBF]) + Data("{}".utf8)),
    ("zero bytes", Data(count: 64)),
    ("deeply nested arrays", nested("[", "]")),
    ("deeply nested objects", nested(#"{"a":"#, "}", around: "null")),
]

/// Returns JSON that exceeds the depth limit of every parser that has one, but is small enough to scan for a key.
private func nested(_ opening: String, _ closing: String, around core: String = "") -> Data {
    let depth = 2_000
    return Data((String(repeating: opening, count: depth) + core + String(repeating: closing, count: depth)).utf8)
}

/// Values that replace those of a response. `nil` removes the value.
let unexpectedValues: [JSONValue?] = [
    nil, .null, true, 0, -1, 0.5, .integer(.max), .integer(.min), .number(1e300), .number(-1e300), "", " ", "NaN",
    "1e999",
    "-5", "not a url", "http://[", "ü\u{0}", [], [[]], [nil], ["", 7], [:], ["a": [:]],
]
