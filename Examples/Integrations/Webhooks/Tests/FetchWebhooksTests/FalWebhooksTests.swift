import Crypto
import FetchCore
import FetchTesting
import FetchWebhooks
import Foundation
import Testing

@Suite("fal") struct FalWebhooksTests {
    private let key = Curve25519.Signing.PrivateKey()
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    /// A key set in the form that RFC 8037 describes.
    private func keySet(_ keys: [Curve25519.Signing.PrivateKey]) -> ScriptedTransport.Step {
        let members = keys.map { key in
            let base64 = key.publicKey.rawRepresentation.base64EncodedString()
            let x = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            return #"{"kty":"OKP","crv":"Ed25519","kid":"1","x":"\#(x)"}"#
        }
        return .json(#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},\#(members.joined(separator: ","))]}"#)
    }

    private func request(
        by key: Curve25519.Signing.PrivateKey,
        id: String = "b9d2f3a1-77aa",
        user: String = "user_1",
        after seconds: Int = 0,
        body: Data = Data(#"{"request_id":"b9d2f3a1-77aa","status":"OK"}"#.utf8)
    ) throws -> WebhookRequest {
        let time = String(1_700_000_000 + seconds)
        let digest = Data(Array(SHA256.hash(data: body))).hex
        let signature = try key.signature(for: Data("\(id)\n\(user)\n\(time)\n\(digest)".utf8))
        return WebhookRequest(
            headers: [
                "X-Fal-Webhook-Request-Id": id, "X-Fal-Webhook-User-Id": user, "X-Fal-Webhook-Timestamp": time,
                "X-Fal-Webhook-Signature": signature.hex,
            ],
            body: body
        )
    }

    @Test func `a message is accepted with a key of the key set, which is fetched once`() async throws {
        let transport = ScriptedTransport([keySet([Curve25519.Signing.PrivateKey(), key])])
        let scheme = try FalWebhooks(transport: transport)
        for id in ["a", "b"] {
            let message = try await scheme.verify(try request(by: key, id: id), at: date)
            #expect(message == WebhookMessage(id: id, date: date))
        }
        #expect(try await scheme.refusal(of: request(by: key, body: Data()), at: date) == nil)
        #expect(transport.requests.map(\.url) == [FalWebhooks.keySetURL])
        #expect(transport.requests[0].responseLimit <= 64 << 10)
        #expect(transport.requests[0].addressPolicy == .publicOnly)
    }

    @Test func `every change of a message is refused`() async throws {
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet([key])]))
        let right = try request(by: key)
        #expect(try await scheme.refusal(of: right, at: date) == nil)
        for bit in 0..<right.body.count * 8 {
            var request = right
            request.body = right.body.changingBit(bit)
            #expect(try await scheme.refusal(of: request, at: date) == .wrongSignature)
        }
        let names = [
            "X-Fal-Webhook-Request-Id", "X-Fal-Webhook-User-Id", "X-Fal-Webhook-Timestamp", "X-Fal-Webhook-Signature",
        ]
        for name in names {
            var request = right
            let value = try #require(right.headers[name])
            request.headers[name] = String(value.dropLast()) + (value.hasSuffix("1") ? "2" : "1")
            #expect(try await scheme.refusal(of: request, at: date) == .wrongSignature, "\(name)")
            request.headers[name] = nil
            #expect(try await scheme.refusal(of: request, at: date) == .missingHeader, "\(name)")
            request = right
            request.headers.append(name: name, value: value)
            #expect(try await scheme.refusal(of: request, at: date) == .malformedHeader, "\(name)")
        }
        var short = right
        short.headers["X-Fal-Webhook-Signature"] = "00ff"
        #expect(try await scheme.refusal(of: short, at: date) == .malformedHeader)
    }

    @Test func `a message with a newline in an id is refused, even if it is signed`() async throws {
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet([key])]))
        #expect(try await scheme.refusal(of: request(by: key, id: "a\nb"), at: date) == .malformedHeader)
    }

    @Test func `a message is valid for 300 seconds in both directions`() async throws {
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet([key])]))
        for seconds in [-300, 300] {
            #expect(try await scheme.refusal(of: request(by: key, after: seconds), at: date) == nil)
        }
        for seconds in [-301, 301] {
            #expect(try await scheme.refusal(of: request(by: key, after: seconds), at: date) == .outsideTolerance)
        }
    }

    @Test func `a new key is fetched, but forged messages cause one request a minute`() async throws {
        let newKey = Curve25519.Signing.PrivateKey()
        let forger = Curve25519.Signing.PrivateKey()
        let transport = ScriptedTransport([keySet([key]), keySet([key, newKey])])
        let scheme = try FalWebhooks(transport: transport)
        #expect(try await scheme.refusal(of: request(by: key), at: date) == nil)
        for second in 0..<60 {
            let time = date.addingTimeInterval(Double(second))
            #expect(try await scheme.refusal(of: request(by: forger, after: second), at: time) == .wrongSignature)
        }
        #expect(transport.requests.count == 1)
        let later = date.addingTimeInterval(60)
        #expect(try await scheme.refusal(of: request(by: newKey, after: 60), at: later) == nil)
        #expect(try await scheme.refusal(of: request(by: key, after: 60), at: later) == nil)
        #expect(try await scheme.refusal(of: request(by: forger, after: 60), at: later) == .wrongSignature)
        #expect(transport.requests.count == 2)
    }

    @Test func `a key that is withdrawn is refused after a day at the latest`() async throws {
        let transport = ScriptedTransport([keySet([key]), keySet([Curve25519.Signing.PrivateKey()])])
        let scheme = try FalWebhooks(transport: transport)
        for seconds in [0, 86_400] {
            let time = date.addingTimeInterval(Double(seconds))
            #expect(try await scheme.refusal(of: request(by: key, after: seconds), at: time) == nil)
        }
        #expect(transport.requests.count == 1)
        let later = date.addingTimeInterval(86_401)
        #expect(try await scheme.refusal(of: request(by: key, after: 86_401), at: later) == .wrongSignature)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [
        ScriptedTransport.Step.failure(FetchError(.connectionFailed, "no route")),
        .json("{}", status: 500), .json("{}"), .json(#"{"keys":[]}"#), .json("<html>"),
        .json(#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AQAB"}]}"#),
    ])
    func `without keys a message is refused for the moment, and keys are fetched again`(
        _ failure: ScriptedTransport.Step
    ) async throws {
        let transport = ScriptedTransport([failure, keySet([key])])
        let scheme = try FalWebhooks(transport: transport)
        let request = try request(by: key)
        #expect(try await scheme.refusal(of: request, at: date) == .unavailableKeys)
        #expect(try await scheme.refusal(of: request, at: date.addingTimeInterval(4)) == .unavailableKeys)
        #expect(transport.requests.count == 1)
        #expect(try await scheme.refusal(of: request, at: date.addingTimeInterval(5)) == nil)
        #expect(transport.requests.count == 2)
    }

    @Test func `a failed request keeps the keys that are there`() async throws {
        let failure = ScriptedTransport.Step.failure(FetchError(.connectionFailed, "no route"))
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet([key]), failure]))
        #expect(try await scheme.refusal(of: request(by: key), at: date) == nil)
        let later = date.addingTimeInterval(100)
        let forged = try request(by: Curve25519.Signing.PrivateKey(), after: 100)
        #expect(try await scheme.refusal(of: forged, at: later) == .wrongSignature)
        #expect(try await scheme.refusal(of: request(by: key, after: 100), at: later) == nil)
    }

    @Test func `concurrent messages share one request`() async throws {
        let transport = ScriptedTransport([keySet([key])])
        let scheme = try FalWebhooks(transport: transport)
        let requests = try (0..<50).map { try request(by: key, id: "request-\($0)") }
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            for request in requests { group.addTask { [date] in try await scheme.verify(request, at: date).id } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(ids.count == 50)
        #expect(transport.requests.count == 1)
    }

    @Test func `only the first eight keys of a key set are used`() async throws {
        let keys = (0..<9).map { _ in Curve25519.Signing.PrivateKey() }
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet(keys)]))
        #expect(try await scheme.refusal(of: request(by: keys[7]), at: date) == nil)
        #expect(try await scheme.refusal(of: request(by: keys[8]), at: date) == .wrongSignature)
    }

    @Test func `the messages of other accounts are refused if the own ones are given`() async throws {
        let scheme = try FalWebhooks(transport: ScriptedTransport([keySet([key])]), users: ["user_1"])
        #expect(try await scheme.refusal(of: request(by: key), at: date) == nil)
        #expect(try await scheme.refusal(of: request(by: key, user: "user_2"), at: date) == .wrongSignature)
    }

    @Test func `a key set over plain http, and no account at all, are errors at creation`() throws {
        let transport = ScriptedTransport([keySet([key])])
        let url = try #require(URL(string: "http://rest.fal.ai/.well-known/jwks.json"))
        #expect(throws: WebhookError.self) { try FalWebhooks(keySetURL: url, transport: transport) }
        #expect(throws: WebhookError.self) { try FalWebhooks(transport: transport, users: []) }
        #expect(transport.requests.isEmpty)
    }
}
