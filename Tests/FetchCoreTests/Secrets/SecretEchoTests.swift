import FetchCore
import FetchTesting
import Foundation
import SecretSearch
import Testing

/// Whatever a server or a transport says of the key, nobody hears it.
struct SecretEchoTests {
    @Test(arguments: Canary.all, Spelling.all)
    func `A key that a server echoes is blotted out`(canary: Canary, spelling: Spelling) async throws {
        let echo = spelling.write(canary.key)
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
            for outcome in try await canary.outcomes(of: .response(response), way: .query("key")) {
                #expect(!Disclosure(of: outcome).shows(canary.key))
            }
        }
    }

    @Test(arguments: Canary.all, [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32])
    func `A key in wide characters is blotted out`(canary: Canary, encoding: String.Encoding) async throws {
        for spelling in [Spelling.plain, .percent, .jsonWithSlashes] {
            for status in [200, 401] {
                let text = "{\"message\":\"Kein Schlüssel: \(spelling.write(canary.key))!\"}"
                let body = try #require(text.data(using: encoding))
                let response = FetchResponse(status: status, body: body)
                for outcome in try await canary.outcomes(of: .response(response), way: .bearer) {
                    let texts = Disclosure(of: outcome).texts.joined().filter { $0 != " " && $0 != "\0" }
                    #expect(!texts.contains(spelling.write(canary.key)))
                }
            }
        }
    }

    @Test func `A file with zeros in it stays as it is`() async throws {
        let body = Data([0, 0, 0, 24] + "ftypmp42 sk-canary-012345678".utf8 + [0, 0xFF, 0])
        let client = FetchClient(asking: ScriptedTransport([.response(FetchResponse(status: 200, body: body))]))
        let endpoint = ShapedEndpoint<Int>(read: { .succeeded(.string($0.body.base64EncodedString())) })
        #expect(try await client.fetch(endpoint, id: 42) == .succeeded(.string(body.base64EncodedString())))
    }

    @Test(arguments: Canary.all, Canary.ways)
    func `A key that a transport quotes is blotted out`(canary: Canary, way: Authorization) async throws {
        let steps: [@Sendable (FetchRequest) -> any Error] = [
            { URLError(.timedOut, userInfo: ["NSErrorFailingURLStringKey": $0.url.absoluteString]) },
            {
                NSError(domain: "lost \($0.url.absoluteString)", code: 1, userInfo: ["headers": "\($0.headers.values)"])
            },
            {
                QuotingError(
                    words: "\($0.url) \($0.headers.values) \(String(decoding: $0.body ?? Data(), as: UTF8.self))"
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
            for outcome in try await canary.outcomes(of: .init { throw step($0) }, way: way) {
                #expect(!Disclosure(of: outcome).shows(canary.key))
            }
        }
    }

    @Test(arguments: Canary.all, Canary.ways)
    func `A key that a follow-up's server echoes is blotted out`(canary: Canary, way: Authorization) async throws {
        let outcomes = try await canary.outcomes(
            of: .json("{\"a\":\"\(Spelling.json.write(canary.key))\"}"),
            way: way,
            read: { first in
                let seen = String(decoding: first.body, as: UTF8.self)
                return .followUp(
                    FollowUp(.url(URL(string: "https://api.example.com/result")!)) { second in
                        .succeeded(["first": .string(seen), "second": try second.json()])
                    }
                )
            }
        )
        for outcome in outcomes { #expect(!Disclosure(of: outcome).shows(canary.key)) }
    }

    @Test(arguments: Canary.ways)
    func `A refused follow-up shows no key`(way: Authorization) async throws {
        let canary = Canary.all[0]
        let url = URL(string: "https://u:p@evil.com/?key=sk-canary-0123456789")!
        let outcomes = try await canary.outcomes(
            of: .json("{}"),
            way: way,
            read: { _ in .followUp(FollowUp(.url(url)) { _ in .pending }) }
        )
        for outcome in outcomes { #expect(!Disclosure(of: outcome).shows(canary.key)) }
    }

    @Test func `An answer with the key blotted out can still be read`() async throws {
        let key = #"sk"canary\0123/4"#
        let body = try JSONEncoder().encode(["message": "Key \(key) is unknown", "id": "42"])
        let endpoint = ShapedEndpoint<Int>()
        let client = FetchClient(
            asking: ScriptedTransport([.response(FetchResponse(status: 200, body: body))]),
            credentials: .fixed(["example": APIKey(key)])
        )
        let state = try await client.fetch(endpoint, id: 42)
        #expect(state == .succeeded(["message": "Key [redacted] is unknown", "id": "42"]))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["\\", "%", "&", "s", "sk-canary-", "%2"])
    func `An answer of nothing but escapes or beginnings of the key is read at once`(text: String) async throws {
        let body = Data(String(repeating: text, count: 200_000 / text.utf8.count).utf8)
        let transport = ScriptedTransport([.response(FetchResponse(status: 200, body: body))])
        let endpoint = ShapedEndpoint<Int>(read: { .succeeded(.integer(Int64($0.body.count))) })
        #expect(
            try await FetchClient(asking: transport).fetch(endpoint, id: 42) == .succeeded(.integer(Int64(body.count)))
        )
    }

    @Test func `Only the key is blotted out`() async throws {
        let body = #"{"message":"sk-canary-012345678","other":"sk-canary-012345678X","%":"\\\/&amp;"}"#
        let client = FetchClient(asking: ScriptedTransport([.json(body)]))
        let state = try await client.fetch(ShapedEndpoint<Int>(), id: 42)
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
    let words: String
}
