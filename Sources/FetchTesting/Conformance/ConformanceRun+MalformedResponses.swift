#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    /// Passes malformed responses to the decoder. Any result and any error is accepted; a trap terminates the process.
    ///
    /// The endpoint decodes them directly. A client would add nothing that can trap, and take most of the time.
    func probeMalformedResponses(_ id: Endpoint.ID) throws {
        for (name, body) in malformedBodies {
            try decode([FetchResponse(status: 200, body: body)], id, probing: "HTTP 200 with \(name)")
        }
        for status in statuses {
            for body in ["", "{}"] {
                let response = FetchResponse(status: status, body: Data(body.utf8))
                try decode([response], id, probing: "HTTP \(status) with the body “\(body)”")
            }
        }
        for fixture in fixtures {
            try probeTruncatedBodies(of: fixture, id)
            try probeWrongTypes(in: fixture, id)
        }
    }

    private func probeTruncatedBodies(of fixture: EndpointFixture, _ id: Endpoint.ID) throws {
        let body = fixture.response.body
        let step = max(body.count / 40, 1)
        for length in stride(from: 0, to: body.count, by: step) {
            var truncated = fixture.response
            truncated.body = body.prefix(length)
            let probe = "the \(fixture.meaning) fixture, truncated after \(length) bytes"
            try decode([truncated] + fixture.followUps, id, probing: probe)
        }
        for status in statuses {
            var other = fixture.response
            other.status = status
            try decode([other] + fixture.followUps, id, probing: "the \(fixture.meaning) fixture with HTTP \(status)")
        }
    }

    private func probeWrongTypes(in fixture: EndpointFixture, _ id: Endpoint.ID) throws {
        guard let json = fixture.json else { return }
        for path in json.paths {
            for value in unexpectedValues {
                let probe = "the \(fixture.meaning) fixture with \(value.map { "\($0)" } ?? "nothing") as \(path)"
                try decode(fixture.responses(with: value, at: path, of: json), id, probing: probe)
            }
        }
    }

    /// Has the endpoint decode a response and those of its follow-ups, of which the last one is repeated.
    private func decode(_ responses: [FetchResponse], _ id: Endpoint.ID, probing probe: String) throws {
        try Task.checkCancellation()
        onProbe?("\(endpoint.name): \(probe)")
        var answer: (FetchResponse) throws -> FetchAnswer<Endpoint.Output> = { try endpoint.answer(to: id, from: $0) }
        for step in 0...64 {
            var response = responses[min(step, responses.count - 1)]
            (response.url, response.receivedAt) = (endpoint.baseURL, clock.date)
            switch try? answer(response) {
            case .followUp(let next): answer = next.answer
            case .succeeded(let output):
                // Reads the artifacts, since computing them may trap.
                _ = output.outputArtifacts
                return
            case .pending, .failed, nil: return
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
