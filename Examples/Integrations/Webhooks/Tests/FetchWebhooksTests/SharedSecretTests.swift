import FetchCore
import FetchWebhooks
import Foundation
import Testing

@Suite("Secrets that a message contains") struct SharedSecretTests {
    private let secret = "Bearer dGhpcyBpcyBub3QgYSBzZWNyZXQ"
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    private func request(_ value: String?) -> WebhookRequest {
        var request = WebhookRequest(headers: [:], body: Data("{}".utf8))
        request.headers["authorization"] = value
        return request
    }

    @Test func `a header field with the shared value is accepted, and no other`() async throws {
        let scheme = try SharedHeader(name: "Authorization", value: secret, previousValue: "the value before this one")
        #expect(try scheme.verify(request(secret), at: date) == WebhookMessage())
        #expect(try await scheme.refusal(of: request("the value before this one"), at: date) == nil)
        for value in [secret.lowercased(), secret + " ", String(secret.dropLast()), "Bearer ", "x"] {
            #expect(try await scheme.refusal(of: request(value), at: date) == .wrongSignature)
        }
        #expect(try await scheme.refusal(of: request(nil), at: date) == .missingHeader)
        #expect(try await scheme.refusal(of: request(""), at: date) == .missingHeader)
        var twice = request(secret)
        twice.headers.append(name: "Authorization", value: "other")
        #expect(try await scheme.refusal(of: twice, at: date) == .malformedHeader)
    }

    @Test(arguments: ["", "password", "a value with a line\nfeed in it", String(repeating: "é", count: 30)])
    func `a weak value of a header field is an error at creation`(_ value: String) {
        let error = #expect(throws: WebhookError.self) { try SharedHeader(name: "X-Secret", value: value) }
        #expect(error?.code == .invalidConfiguration)
        #expect(value.isEmpty || error?.description.contains(value) == false)
    }

    @Test func `a path with the secret segment is accepted, and no other`() async throws {
        let secret = SecretPath.makeSecret()
        let old = SecretPath.makeSecret()
        let scheme = try SecretPath(secret, previousSecret: old)
        func refusal(_ path: String) async throws -> WebhookError.Code? {
            try await scheme.refusal(of: WebhookRequest(path: path, headers: [:], body: Data()), at: date)
        }
        for path in ["/\(secret)", "/webhooks/\(secret)/", "/webhooks/\(old)/modelslab.video"] {
            #expect(try await refusal(path) == nil)
        }
        for path in [
            "", "/", "/webhooks", "/\(secret)x", "/x\(secret)", "/\(secret.dropLast())", "/\(secret.lowercased())",
            "/\(secret.prefix(20))/\(secret.dropFirst(20))", "/" + String(repeating: "a/", count: 2_000) + secret,
        ] {
            #expect(try await refusal(path) == .wrongSignature)
        }
    }

    @Test func `new secrets differ and have the characters of a path`() {
        let secrets = Set((0..<100).map { _ in SecretPath.makeSecret() })
        #expect(secrets.count == 100)
        #expect(
            secrets.allSatisfy {
                $0.utf8.count == 43 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
            }
        )
    }

    @Test(arguments: [
        "", "secret", "0123456789abcdef0123456789abcde", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "a/path/is/not/one/segment/of/a/path", "%41bcdefghijklmnopqrstuvwxyz", "0123456789abcdefABCDEF",
    ])
    func `a weak secret of a path is an error at creation`(_ secret: String) {
        let error = #expect(throws: WebhookError.self) { try SecretPath(secret) }
        #expect(error?.code == .invalidConfiguration)
        #expect(secret.isEmpty || error?.description.contains(secret) == false || secret == "secret")
    }

    @Test func `128 bits in hexadecimal digits are enough`() throws {
        _ = try SecretPath("00112233445566778899aabbccddeeff")
    }

    @Test func `no output contains a secret`() throws {
        let pathSecret = SecretPath.makeSecret()
        let schemes: [any WebhookScheme] = [
            try SecretPath(pathSecret), try SharedHeader(name: "Authorization", value: secret),
            try HMACHeader(.synthesia, secrets: [secret]),
        ]
        for scheme in schemes {
            var dumped = ""
            dump(scheme, to: &dumped)
            for text in ["\(scheme)", dumped] {
                #expect(!text.contains(secret) && !text.contains(pathSecret))
                #expect(text.contains("[redacted]"))
            }
        }
    }
}
