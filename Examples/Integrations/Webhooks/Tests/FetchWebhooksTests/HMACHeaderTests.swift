import Crypto
import FetchCore
import FetchWebhooks
import Foundation
import Testing

@Suite("HMAC in a header field") struct HMACHeaderTests {
    private let secret = "wsec_0123456789abcdef"
    private let date = Date(timeIntervalSince1970: 1_700_000_000)
    private let body = Data(#"{"type":"speech","id":"é1"}"#.utf8)

    private func code(_ content: Data, _ secret: String? = nil) -> Data {
        let key = SymmetricKey(data: Data((secret ?? self.secret).utf8))
        return Data(Array(HMAC<SHA256>.authenticationCode(for: content, using: key)))
    }

    private func timed(_ time: String = "1700000000", _ secret: String? = nil) -> String {
        code(Data("\(time).".utf8) + body, secret).hex
    }

    @Test func `the form of ElevenLabs is accepted, and every change of it refused`() async throws {
        let scheme = try HMACHeader(.elevenLabs, secrets: [secret])
        func refusal(_ value: String?, _ body: Data? = nil, after seconds: Double = 0) async throws
            -> WebhookError.Code?
        {
            var request = WebhookRequest(headers: [:], body: body ?? self.body)
            request.headers["ElevenLabs-Signature"] = value
            return try await scheme.refusal(of: request, at: date.addingTimeInterval(seconds))
        }
        let right = "t=1700000000,v0=\(timed())"
        #expect(try await refusal(right) == nil)
        #expect(try await refusal("t=1700000000, v0=\(timed().uppercased())") == nil)
        #expect(try await refusal(right, after: 300) == nil)
        #expect(try await refusal(right, after: 301) == .outsideTolerance)
        #expect(try await refusal(right, after: -301) == .outsideTolerance)
        #expect(try await refusal(right, body.changingBit(0)) == .wrongSignature)
        #expect(try await refusal(right, Data()) == .wrongSignature)
        #expect(try await refusal("t=1700000001,v0=\(timed())") == .wrongSignature)
        #expect(try await refusal("t=1700000000,v0=\(timed("1700000000", "wsec_another-secret!"))") == .wrongSignature)
        #expect(try await refusal("t=1700000000,v0=\(code(body).hex)") == .wrongSignature)
        #expect(try await refusal("v0=\(timed())") == .malformedHeader)
        #expect(try await refusal("t=1700000000") == .malformedHeader)
        #expect(try await refusal("t=1700000000,t=1700000000,v0=\(timed())") == .malformedHeader)
        #expect(try await refusal("t=1700000000,v0=\(timed().dropLast())") == .malformedHeader)
        #expect(try await refusal(timed()) == .malformedHeader)
        #expect(try await refusal(nil) == .missingHeader)
    }

    @Test func `the signature identifies a message, however it is written`() throws {
        let scheme = try HMACHeader(.elevenLabs, secrets: [secret])
        let ids = try [timed(), timed().uppercased()].map { signature in
            let headers: HeaderFields = ["elevenlabs-signature": "t=1700000000,v0=\(signature)"]
            return try scheme.verify(WebhookRequest(headers: headers, body: body), at: date).id
        }
        #expect(ids[0] != nil)
        // Otherwise a replay with other letters would be a new message.
        #expect(ids[0] == ids[1])
    }

    @Test func `the form of Synthesia has its date in a header field of its own`() async throws {
        let scheme = try HMACHeader(.synthesia, secrets: ["another-secret-of-it", secret])
        var request = WebhookRequest(
            headers: ["Synthesia-Signature": timed(), "Synthesia-Timestamp": "1700000000"],
            body: body
        )
        #expect(try scheme.verify(request, at: date).date == date)
        #expect(try await scheme.refusal(of: request, at: date.addingTimeInterval(400)) == .outsideTolerance)
        request.headers["Synthesia-Timestamp"] = "1700000001"
        #expect(try await scheme.refusal(of: request, at: date) == .wrongSignature)
        request.headers["Synthesia-Timestamp"] = nil
        #expect(try await scheme.refusal(of: request, at: date) == .missingHeader)
    }

    @Test(arguments: [ByteEncoding.hex, .base64], ["", "sha256="])
    func `a plain body is signed in either encoding, with or without a prefix`(
        _ encoding: ByteEncoding,
        _ prefix: String
    ) async throws {
        let form = HMACForm(header: "X-Signature", signature: .value(prefix: prefix), encoding: encoding)
        let scheme = try HMACHeader(form, secrets: [secret])
        let code = code(body)
        let text = encoding == .hex ? code.hex : code.base64EncodedString()
        var request = WebhookRequest(headers: ["x-signature": prefix + text], body: body)
        let message = try scheme.verify(request, at: date)
        #expect(message.date == nil && message.id != nil)
        request.body.append(0x0A)
        #expect(try await scheme.refusal(of: request, at: date) == .wrongSignature)
        request.body = body
        request.headers["x-signature"] = "sha1=" + text
        #expect(try await scheme.refusal(of: request, at: date) == .malformedHeader)
    }

    @Test func `a missing or short secret, and a form that has no date, are errors at creation`() {
        for secrets in [[], [""], ["short"], [secret, ""]] {
            let error = #expect(throws: WebhookError.self) { try HMACHeader(.synthesia, secrets: secrets) }
            #expect(error?.code == .invalidConfiguration)
        }
        let form = HMACForm(header: "X-Signature", time: .field("t"))
        #expect(throws: WebhookError.self) { try HMACHeader(form, secrets: [secret]) }
    }
}
