import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Decisions after the beginning of a response") struct ResponseDecisionTests {
    /// The kind of a decision, and the code of its error.
    private enum Kind: Sendable, Equatable {
        case start, append, startOver, redirect
        case notThereYet, expired, retry
        case final
    }

    private struct Case: Sendable {
        var status: Int
        var headers: HeaderFields = [:]
        var body = "binary \u{1}"
        var isWhole = false
        var range: RequestedRange?
        var mediaType: String?
        /// In seconds.
        var age: Int? = 3_600
        var redirects = 0
    }

    private static let range = RequestedRange(start: 5, total: 10, validator: .entityTag("\"a\""))
    private static let expiredXML =
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message>"
    private static let deniedXML = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    private static let page = "<!DOCTYPE html><title>Not found</title>"

    private static func decision(_ example: Case) throws -> ResponseDecision {
        let response = ResponseStart(
            status: example.status,
            headers: example.headers,
            prefix: Array(example.body.utf8),
            isWhole: example.isWhole,
            url: try #require(URL(string: "https://cdn.example.com/x.png?signature=secret")),
            receivedAt: Date(timeIntervalSince1970: 784_111_777)
        )
        let request = DownloadRequest(
            range: example.range,
            promised: PromisedContent(mediaType: example.mediaType),
            age: example.age.map { .seconds($0) },
            redirects: example.redirects
        )
        return ResponseDecision(response, to: request)
    }

    private static func kind(_ decision: ResponseDecision) -> (Kind, FetchError?) {
        switch decision {
        case .start: (.start, nil)
        case .append: (.append, nil)
        case .startOver: (.startOver, nil)
        case .redirect: (.redirect, nil)
        case .notThereYet(let error): (.notThereYet, error)
        case .expired(let error): (.expired, error)
        case .retry(let error): (.retry, error)
        case .final(let error): (.final, error)
        }
    }

    private static let table: [(Case, Kind, FetchError.Code?)] = [
        (Case(status: 200), .start, nil), (Case(status: 203), .start, nil),
        (Case(status: 200, range: range), .start, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 5-9/10"], range: range), .append, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 5-7/10"], range: range), .append, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 5-9/10", "ETag": "\"a\""], range: range), .append, nil),
        (
            Case(status: 206, headers: ["Content-Range": "bytes 5-9/10", "ETag": "\"b\""], range: range), .startOver,
            nil
        ),
        (
            Case(status: 206, headers: ["Content-Range": "bytes 5-9/10", "ETag": "W/\"a\""], range: range), .startOver,
            nil
        ),
        (Case(status: 206, headers: ["Content-Range": "bytes 4-9/10"], range: range), .startOver, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 6-9/10"], range: range), .startOver, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 0-9/10"], range: range), .startOver, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 5-10/11"], range: range), .startOver, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 5-9/*"], range: range), .startOver, nil),
        (
            Case(status: 206, headers: ["Content-Range": "bytes 5-9/10", "Content-Length": "6"], range: range),
            .startOver, nil
        ),
        (
            Case(status: 206, headers: ["Content-Range": "bytes 5-9/10", "Content-Encoding": "gzip"], range: range),
            .startOver, nil
        ),
        (Case(status: 206, headers: ["Content-Range": "bytes x"], range: range), .startOver, nil),
        (
            Case(status: 206, headers: ["Content-Type": "multipart/byteranges; boundary=x"], range: range), .startOver,
            nil
        ),
        (Case(status: 206, headers: ["Content-Range": "bytes 0-9/10"]), .start, nil),
        (Case(status: 206, headers: ["Content-Range": "bytes 0-8/10"]), .retry, .malformedResponse),
        (Case(status: 416, range: range), .startOver, nil), (Case(status: 416), .final, .badRequest),

        (Case(status: 404, age: 10), .notThereYet, .outputExpired),
        (Case(status: 403, age: 299), .notThereYet, .outputExpired),
        (Case(status: 410, age: 0), .notThereYet, .outputExpired),
        (Case(status: 404, age: 300), .expired, .outputExpired),
        (Case(status: 403), .expired, .outputExpired), (Case(status: 410), .expired, .outputExpired),
        (Case(status: 404, age: nil), .expired, .outputExpired),
        (Case(status: 403, body: expiredXML, age: 1), .expired, .outputExpired),
        (Case(status: 200, body: expiredXML, mediaType: "image/png", age: 1), .expired, .outputExpired),
        (Case(status: 403, body: deniedXML, age: 1), .notThereYet, .outputExpired),
        (Case(status: 400, body: "<Error><Code>ExpiredToken</Code>", age: 1), .expired, .outputExpired),

        (Case(status: 200, body: page, mediaType: "image/png"), .final, .unexpectedOutput),
        (Case(status: 200, body: page, mediaType: "image/png", age: 1), .notThereYet, .unexpectedOutput),
        (Case(status: 200, body: page, mediaType: "text/html"), .start, nil),
        (Case(status: 200, body: page), .start, nil),
        (Case(status: 200, body: "{\"error\":1}", range: range, mediaType: "video/mp4"), .final, .unexpectedOutput),
        (Case(status: 200, body: "", isWhole: true, mediaType: "image/png", age: 1), .notThereYet, .unexpectedOutput),
        (Case(status: 200, body: "", isWhole: true, mediaType: "image/png"), .final, .unexpectedOutput),
        (Case(status: 200, body: "", isWhole: true), .start, nil),
        (Case(status: 200, body: "", mediaType: "image/png"), .start, nil),
        (Case(status: 200, body: "data:image/png;base64,iVBO", mediaType: "image/png"), .final, .unexpectedOutput),
        (Case(status: 204, age: 1), .notThereYet, .unexpectedOutput),
        (Case(status: 202, age: 1), .notThereYet, .unexpectedOutput),
        (Case(status: 204), .final, .unexpectedOutput),

        (Case(status: 429), .retry, .rateLimited), (Case(status: 500), .retry, .serverError),
        (Case(status: 503), .retry, .serverError),
        (Case(status: 599), .retry, .serverError), (Case(status: 408), .retry, .requestTimeout),
        (Case(status: 425), .retry, .temporarilyRefused), (Case(status: 409), .retry, .temporarilyRefused),
        (Case(status: 403, headers: ["cf-mitigated": "challenge"], age: nil), .retry, .intercepted),

        (Case(status: 302, headers: ["Location": "/y"]), .redirect, nil),
        (Case(status: 307, headers: ["Location": "/y"]), .redirect, nil),
        (Case(status: 301, headers: ["Location": "http://b.example/"]), .final, .refusedURL),
        (Case(status: 308), .final, .redirected),
        (Case(status: 303, headers: ["Location": "/y"], redirects: 5), .final, .redirected),
        (Case(status: 304), .final, .redirected), (Case(status: 300, headers: ["Location": "/y"]), .final, .redirected),

        (Case(status: 401), .final, .unauthorized), (Case(status: 402), .final, .paymentRequired),
        (Case(status: 400, body: deniedXML), .final, .badRequest), (Case(status: 451), .final, .badRequest),
        (Case(status: 418), .final, .badRequest), (Case(status: 299), .final, .badRequest),
        (Case(status: 0), .final, .badRequest),
    ]

    @Test func `each response has its decision`() throws {
        for (example, expected, code) in Self.table {
            let (kind, error) = Self.kind(try Self.decision(example))
            #expect(kind == expected, "\(example)")
            #expect(error?.code == code, "\(example)")
            guard let error else { continue }
            #expect(error.httpStatus == example.status)
            #expect(error.hasJobEnded)
            #expect(error.message.contains("cdn.example.com") || code == .intercepted, "\(error)")
            #expect(!error.description.contains("secret"), "\(error)")
            #expect(error.isRetryable == (kind == .notThereYet || kind == .retry) || example.age == 1, "\(error)")
        }
    }

    @Test func `a start tells what the response states`() throws {
        let digest = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        let headers: HeaderFields = ["Content-Length": "7", "ETag": "\"a\"", "Repr-Digest": digest]
        guard case .start(let body) = try Self.decision(Case(status: 200, headers: headers, body: "GIF89a")) else {
            Issue.record("The file doesn't start.")
            return
        }
        #expect(body.bodyLength == 7)
        #expect(body.total == 7)
        #expect(body.validator == .entityTag("\"a\""))
        #expect(body.digests.map(\.algorithm) == [.sha256])
        #expect(body.format == .gif)
    }

    @Test func `a content coding leaves no length, no validator and no digest`() throws {
        let headers: HeaderFields = ["Content-Length": "7", "ETag": "\"a\"", "Content-Encoding": "gzip"]
        guard case .start(let body) = try Self.decision(Case(status: 200, headers: headers, body: "GIF89a")) else {
            Issue.record("The file doesn't start.")
            return
        }
        #expect(body.bodyLength == nil && body.total == nil && body.validator == nil && body.digests.isEmpty)
    }

    @Test(arguments: ["\u{1F}\u{0}", "\u{0}\u{1}\u{2}"]) func `a body that is still coded isn't the file`(body: String)
        throws
    {
        let headers: HeaderFields = ["Content-Encoding": "br"]
        guard case .final(let error) = try Self.decision(Case(status: 200, headers: headers, body: body)) else {
            Issue.record("The file starts.")
            return
        }
        #expect(error.code == .unexpectedOutput && !error.isRetryable)
    }

    @Test(
        arguments: [
            ("7", 7), ("7, 7", 7), ("7, 8", nil), ("-7", nil), ("+7", nil), ("", nil), ("7x", nil), ("0", 0),
            ("99999999999999999999", nil), (" 7 ", 7),
        ] as [(String, Int64?)]
    )
    func `a content length is read or ignored`(value: String, expected: Int64?) throws {
        guard case .start(let body) = try Self.decision(Case(status: 200, headers: ["Content-Length": value])) else {
            Issue.record("The file doesn't start.")
            return
        }
        #expect(body.bodyLength == expected)
    }

    @Test func `an append tells its position, and that the rest may follow later`() throws {
        let headers: HeaderFields = ["Content-Range": "bytes 5-7/10"]
        guard case .append(let body, at: 5) = try Self.decision(Case(status: 206, headers: headers, range: Self.range))
        else {
            Issue.record("The file isn't continued.")
            return
        }
        #expect(body.bodyLength == 3)
        #expect(body.total == 10)
    }

    @Test func `a retry has the delay that the server asks for`() throws {
        guard case .retry(let error) = try Self.decision(Case(status: 503, headers: ["Retry-After": "7"])) else {
            Issue.record("There is no retry.")
            return
        }
        #expect(error.retryAfter == .seconds(7))
        #expect(error.isRetryable)
    }
}
