import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests that a key echoed by a server or a transport appears in no state and no error.
@Suite("Redaction of echoed keys") struct SecretEchoTests {
    @Test(arguments: CanaryKey.all, EscapingStyle.all)
    func `a key that a server echoes is redacted`(canary: CanaryKey, style: EscapingStyle) async throws {
        let echo = style.encode(canary.key)
        let bodies = [
            echo, "{\"message\":\"Invalid key \(echo)!\"}", "<p>\(echo)</p>", "\(echo)\(echo)",
            "a\(echo.dropLast())\(echo)",
            "{\"output\":[\"https://cdn.example.com/a.mp4?key=\(echo)&x=1\"]}", "%\\&\(echo)", "\\\\\(echo)\\\"",
        ]
        for status in [200, 401] {
            let response = FetchResponse(
                status: status,
                headers: ["X-Echo": "key \(echo)", "X-\(echo)": "1", "Location": "https://example.com/?k=\(echo)"],
                body: Data(bodies.joined(separator: "\n").utf8)
            )
            for outcome in try await canary.outcomes(of: .response(response), authorization: .query("key")) {
                #expect(!Disclosure(of: outcome).contains(canary.key))
            }
        }
    }

    @Test(arguments: CanaryKey.all, [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32])
    func `a key in UTF-16 or UTF-32 is redacted`(canary: CanaryKey, encoding: String.Encoding) async throws {
        for style in [EscapingStyle.plain, .percent, .jsonWithSlashes] {
            for status in [200, 401] {
                let text = "{\"message\":\"Kein Schlüssel: \(style.encode(canary.key))!\"}"
                let body = try #require(text.data(using: encoding))
                let response = FetchResponse(status: status, body: body)
                for outcome in try await canary.outcomes(of: .response(response), authorization: .bearer) {
                    let texts = Disclosure(of: outcome).texts.joined().filter { $0 != " " && $0 != "\0" }
                    #expect(!texts.contains(style.encode(canary.key)))
                }
            }
        }
    }

    @Test func `a binary file with zero bytes stays unchanged`() async throws {
        let body = Data([0, 0, 0, 24] + "ftypmp42 sk-canary-012345678".utf8 + [0, 0xFF, 0])
        let client = FetchClient(scripted: ScriptedTransport([.response(FetchResponse(status: 200, body: body))]))
        let endpoint = ConfigurableEndpoint<Int>(read: { .succeeded(.string($0.body.base64EncodedString())) })
        #expect(try await client.fetch(endpoint, id: 42) == .succeeded(.string(body.base64EncodedString())))
    }

    @Test(arguments: CanaryKey.all, CanaryKey.authorizations)
    func `a key that a transport quotes in an error is redacted`(canary: CanaryKey, authorization: Authorization)
        async throws
    {
        let steps: [@Sendable (FetchRequest) -> any Error] = [
            { URLError(.timedOut, userInfo: ["NSErrorFailingURLStringKey": $0.url.absoluteString]) },
            {
                NSError(domain: "lost \($0.url.absoluteString)", code: 1, userInfo: ["headers": "\($0.headers.values)"])
            },
            {
                QuotingError(
                    text: "\($0.url) \($0.headers.values) \(String(decoding: $0.body ?? Data(), as: UTF8.self))"
                )
            },
            {
                FetchError(
                    .untrustedServer,
                    "no trust in \($0.url)",
                    remedy: "Don't ask \($0.url) with \($0.headers.values)."
                )
            },
            { request in
                var error = FetchError(.connectionFailed, "lost")
                error.lastError = FetchError(.connectionFailed, "lost \(request.url) \(request.headers.values)")
                error.failure = JobFailure(message: "\(request.url)", code: "\(request.headers.values)")
                error.lastProgress = JobProgress(
                    message: "\(request.url)",
                    details: ["\(request.url)": ["a": ["\(request.headers.values)"]]]
                )
                error.id = "\(request.url)"
                return error
            },
        ]
        for step in steps {
            for outcome in try await canary.outcomes(of: .init { throw step($0) }, authorization: authorization) {
                #expect(!Disclosure(of: outcome).contains(canary.key))
            }
        }
    }

    @Test(arguments: CanaryKey.all, CanaryKey.authorizations)
    func `a key that the server of a follow-up request echoes is redacted`(
        canary: CanaryKey,
        authorization: Authorization
    )
        async throws
    {
        let outcomes = try await canary.outcomes(
            of: .json("{\"a\":\"\(EscapingStyle.json.encode(canary.key))\"}"),
            authorization: authorization,
            read: { first in
                let body = String(decoding: first.body, as: UTF8.self)
                return .followUp(
                    FollowUp(.url(URL(string: "https://api.example.com/result")!)) { second in
                        .succeeded(["first": .string(body), "second": try second.json()])
                    }
                )
            }
        )
        for outcome in outcomes { #expect(!Disclosure(of: outcome).contains(canary.key)) }
    }

    @Test(arguments: CanaryKey.authorizations)
    func `the error for a refused follow-up request contains no key`(authorization: Authorization) async throws {
        let canary = CanaryKey.all[0]
        let url = URL(string: "https://u:p@evil.com/?key=sk-canary-0123456789")!
        let outcomes = try await canary.outcomes(
            of: .json("{}"),
            authorization: authorization,
            read: { _ in .followUp(FollowUp(.url(url)) { _ in .pending }) }
        )
        for outcome in outcomes { #expect(!Disclosure(of: outcome).contains(canary.key)) }
    }

    @Test func `a response with a redacted key is still valid JSON`() async throws {
        let key = #"sk"canary\0123/4"#
        let body = try JSONEncoder().encode(["message": "Key \(key) is unknown", "id": "42"])
        let endpoint = ConfigurableEndpoint<Int>()
        let client = FetchClient(
            scripted: ScriptedTransport([.response(FetchResponse(status: 200, body: body))]),
            credentials: .fixed(["example": APIKey(key)])
        )
        let state = try await client.fetch(endpoint, id: 42)
        #expect(state == .succeeded(["message": "Key [redacted] is unknown", "id": "42"]))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["\\", "%", "&", "s", "sk-canary-", "%2"])
    func `a response that consists of escapes or prefixes of the key is redacted quickly`(text: String) async throws {
        let body = Data(String(repeating: text, count: 200_000 / text.utf8.count).utf8)
        let transport = ScriptedTransport([.response(FetchResponse(status: 200, body: body))])
        let endpoint = ConfigurableEndpoint<Int>(read: { .succeeded(.integer(Int64($0.body.count))) })
        #expect(
            try await FetchClient(scripted: transport).fetch(endpoint, id: 42)
                == .succeeded(.integer(Int64(body.count)))
        )
    }

    @Test func `nothing but the key is redacted`() async throws {
        let body = #"{"message":"sk-canary-012345678","other":"sk-canary-012345678X","%":"\\\/&amp;"}"#
        let client = FetchClient(scripted: ScriptedTransport([.json(body)]))
        let state = try await client.fetch(ConfigurableEndpoint<Int>(), id: 42)
        let expected: JSONValue = [
            "message": "sk-canary-012345678", "other": "sk-canary-012345678X", "%": "\\/&amp;",
        ]
        #expect(state == .succeeded(expected))
    }
}

extension HeaderFields {
    fileprivate var values: [String] { fields.map(\.value) }
}

private struct QuotingError: Error {
    let text: String
}
