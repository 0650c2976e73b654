import Crypto
import FetchCore
import FetchWebhooks
import Foundation
import Testing

@Suite("Standard Webhooks") struct StandardWebhooksTests {
    private let scheme: StandardWebhooks

    init() throws { scheme = try StandardWebhooks(secrets: [SignedMessage.secret]) }

    private func refusal(_ request: WebhookRequest, at date: Date = SignedMessage.date) async throws
        -> WebhookError.Code?
    {
        try await scheme.refusal(of: request, at: date)
    }

    @Test func `the public example of the specification's reference libraries is accepted`() throws {
        let scheme = try StandardWebhooks(secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        let request = WebhookRequest(
            headers: [
                "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp": "1614265330",
                "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ],
            body: Data(#"{"test": 2432232314}"#.utf8)
        )
        let date = Date(timeIntervalSince1970: 1_614_265_330)
        let message = try scheme.verify(request, at: date)
        #expect(message == WebhookMessage(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", date: date))
    }

    @Test(arguments: [
        "", "{}", #"{"prompt":"Grüße, 東京 🗼","id":"a"}"#, "\u{0}\u{1}not JSON\r\n", "1674087231.{}",
    ])
    func `any bytes can be a body`(_ text: String) throws {
        let message = SignedMessage(body: Data(text.utf8))
        #expect(try scheme.verify(message.request(), at: SignedMessage.date).id == message.id)
    }

    @Test func `bytes that aren't UTF-8 can be a body`() throws {
        let message = SignedMessage(body: Data([0xFF, 0xFE, 0x00, 0xC3]))
        #expect(try scheme.verify(message.request(), at: SignedMessage.date).date == SignedMessage.date)
    }

    @Test func `one changed bit of the body is refused, whichever it is`() async throws {
        let message = SignedMessage()
        for bit in 0..<message.body.count * 8 {
            var request = message.request()
            request.body = message.body.changingBit(bit)
            #expect(try await refusal(request) == .wrongSignature)
        }
    }

    @Test func `one changed bit of the signature is refused, whichever it is`() async throws {
        let message = SignedMessage()
        let code = try #require(Data(base64Encoded: message.code()))
        for bit in 0..<code.count * 8 {
            let request = message.request("v1,\(code.changingBit(bit).base64EncodedString())")
            #expect(try await refusal(request) == .wrongSignature)
        }
    }

    @Test func `a changed id or time is refused`() async throws {
        let code = SignedMessage().code()
        #expect(
            try await refusal(SignedMessage(id: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4X").request("v1,\(code)"))
                == .wrongSignature
        )
        #expect(try await refusal(SignedMessage(time: "1674087232").request("v1,\(code)")) == .wrongSignature)
    }

    @Test func `JSON with the same meaning and other bytes is refused`() async throws {
        var request = SignedMessage().request()
        for text in [#"{"status":"succeeded","id":"gm3qorzdhg"}"#, #"{"id": "gm3qorzdhg", "status": "succeeded"}"#] {
            request.body = Data(text.utf8)
            #expect(try await refusal(request) == .wrongSignature)
        }
        request.body = Data()
        #expect(try await refusal(request) == .wrongSignature)
    }

    @Test func `a part of a signature is refused`() async throws {
        let code = try #require(Data(base64Encoded: SignedMessage().code()))
        for length in [0, 1, 16, 31] {
            let part = code.prefix(length).base64EncodedString()
            #expect(try await refusal(SignedMessage().request("v1,\(part)")) == .wrongSignature)
        }
        #expect(
            try await refusal(SignedMessage().request("v1,\((code + [0]).base64EncodedString())")) == .wrongSignature
        )
    }

    @Test(arguments: ["v2,", "v1a,", "", "V1,", "v1=", "v1,v1,"])
    func `a signature of another version is refused`(_ prefix: String) async throws {
        let message = SignedMessage()
        #expect(try await refusal(message.request(prefix + message.code())) == .wrongSignature)
    }

    @Test func `one of several signatures is enough`() async throws {
        let message = SignedMessage()
        let wrong = message.code(Data(repeating: 1, count: 24))
        #expect(try await refusal(message.request("v1,\(wrong) v1,\(message.code())")) == nil)
        #expect(try await refusal(message.request("v1,\(message.code()) v9,% nonsense")) == nil)
        #expect(try await refusal(message.request("v1,\(wrong) v1,\(wrong)")) == .wrongSignature)
    }

    @Test func `more signatures than the limit are refused`() async throws {
        let message = SignedMessage()
        let right = "v1,\(message.code())"
        let most = Array(repeating: "v1,AAAA", count: StandardWebhooks.maximumSignatures - 1) + [right]
        #expect(try await refusal(message.request(most.joined(separator: " "))) == nil)
        #expect(try await refusal(message.request((most + [right]).joined(separator: " "))) == .malformedHeader)
    }

    @Test func `either secret is accepted while it is replaced`() async throws {
        let newKey = Data(repeating: 9, count: 64)
        let both = try StandardWebhooks(
            secrets: ["whsec_" + newKey.base64EncodedString(), SignedMessage.secret]
        )
        let message = SignedMessage()
        #expect(try await both.refusal(of: message.request(), at: SignedMessage.date) == nil)
        let new = message.request("v1,\(message.code(newKey))")
        #expect(try await both.refusal(of: new, at: SignedMessage.date) == nil)
        #expect(try await refusal(new) == .wrongSignature)
    }

    @Test func `a message is valid for 300 seconds in both directions`() async throws {
        let request = SignedMessage().request()
        for seconds in [-300, 0, 300.0] {
            #expect(try await refusal(request, at: SignedMessage.date.addingTimeInterval(seconds)) == nil)
        }
        for seconds in [-301, 301, -1e9, 1e9] {
            #expect(try await refusal(request, at: SignedMessage.date.addingTimeInterval(seconds)) == .outsideTolerance)
        }
    }

    @Test(arguments: [
        "-1674087231", "+1674087231", " 1674087231", "1674087231.0", "01674087231", "0x63c88cff", "1674087231000",
        "soon",
        "١٦٧٤٠٨٧٢٣١",
    ])
    func `a time in another form is refused, even if it is signed`(_ time: String) async throws {
        #expect(try await refusal(SignedMessage(time: time).request()) == .malformedHeader)
    }

    @Test(arguments: ["msg_1.1674087231", "msg 1", "msg_é", String(repeating: "a", count: 257)])
    func `an ambiguous or overlong id is refused, even if it is signed`(_ id: String) async throws {
        #expect(try await refusal(SignedMessage(id: id).request()) == .malformedHeader)
    }

    @Test(arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
    func `a missing, empty, repeated or overlong header field is refused`(_ name: String) async throws {
        var request = SignedMessage().request()
        let value = try #require(request.headers[name])
        request.headers[name] = nil
        #expect(try await refusal(request) == .missingHeader)
        request.headers[name] = ""
        #expect(try await refusal(request) == .missingHeader)
        request.headers[name] = value
        #expect(try await refusal(request) == nil)
        request.headers.append(name: name.uppercased(), value: value)
        #expect(try await refusal(request) == .malformedHeader)
        request.headers[name] = value + String(repeating: " ", count: 4_096)
        #expect(try await refusal(request) == .malformedHeader)
    }

    @Test func `the header fields of another prefix aren't read`() async throws {
        let svix = try StandardWebhooks(secrets: [SignedMessage.secret], headerPrefix: "svix")
        var request = SignedMessage().request()
        #expect(try await svix.refusal(of: request, at: SignedMessage.date) == .missingHeader)
        for name in ["id", "timestamp", "signature"] {
            request.headers["svix-\(name)"] = request.headers["webhook-\(name)"]
        }
        #expect(try await svix.refusal(of: request, at: SignedMessage.date) == nil)
    }

    @Test func `a signature with the sender's private key is accepted, and no other`() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let publicKey = "whpk_" + key.publicKey.rawRepresentation.base64EncodedString()
        let scheme = try StandardWebhooks(secrets: [], publicKeys: [publicKey])
        let message = SignedMessage()
        let signature = try message.signature(key)
        #expect(try await scheme.refusal(of: message.request("v1a,\(signature)"), at: SignedMessage.date) == nil)
        #expect(
            try await scheme.refusal(of: message.request("v1,\(signature)"), at: SignedMessage.date) == .wrongSignature
        )
        let other = try message.signature(Curve25519.Signing.PrivateKey())
        #expect(
            try await scheme.refusal(of: message.request("v1a,\(other)"), at: SignedMessage.date) == .wrongSignature
        )
        // The public key isn't a secret: an HMAC with it proves nothing.
        let confused = message.code(key.publicKey.rawRepresentation)
        #expect(
            try await scheme.refusal(of: message.request("v1,\(confused)"), at: SignedMessage.date) == .wrongSignature
        )
        var changed = message.request("v1a,\(signature)")
        changed.body.append(0x20)
        #expect(try await scheme.refusal(of: changed, at: SignedMessage.date) == .wrongSignature)
    }

    @Test(arguments: [
        [], [""], ["whsec_"], ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], ["whsec_%%%"],
        ["whsec_" + Data(count: 23).base64EncodedString()], ["whsec_" + Data(count: 65).base64EncodedString()],
        [SignedMessage.secret, ""],
    ])
    func `a missing or malformed secret is an error at creation`(_ secrets: [String]) throws {
        let error = #expect(throws: WebhookError.self) { try StandardWebhooks(secrets: secrets) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.remedy != nil)
    }

    @Test func `a malformed public key is an error at creation`() {
        for key in ["", "whpk_", "whpk_" + Data(count: 31).base64EncodedString(), SignedMessage.secret] {
            #expect(throws: WebhookError.self) { try StandardWebhooks(secrets: [], publicKeys: [key]) }
        }
    }

    @Test func `no output contains the secret`() {
        let secret = SignedMessage.secret.dropFirst(6)
        var dumped = ""
        dump(scheme, to: &dumped)
        for text in ["\(scheme)", String(reflecting: scheme), dumped] {
            #expect(!text.contains(secret))
            // The bytes of the key in decimal digits.
            #expect(!text.contains("10, 17, 24"))
        }
        #expect(dumped.contains("[redacted]"))
    }

    @Test func `an output of a request contains neither its path nor its contents`() {
        var request = SignedMessage().request()
        request.path = "/webhooks/a-secret"
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] {
            #expect(!text.contains("a-secret") && !text.contains("gm3q") && !text.contains("v1"))
            #expect(text.contains("\(request.body.count)"))
        }
    }
}
