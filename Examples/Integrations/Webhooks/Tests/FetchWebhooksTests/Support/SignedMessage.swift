import Crypto
import FetchCore
import FetchWebhooks
import Foundation

/// A message of Standard Webhooks, signed from the construction in its specification.
struct SignedMessage {
    var id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
    var time = "1674087231"
    var body = Data(#"{"id":"gm3qorzdhg","status":"succeeded"}"#.utf8)

    /// The date at which the message was signed.
    static let date = Date(timeIntervalSince1970: 1_674_087_231)
    /// The 24 bytes of a secret.
    static let key = Data((0..<24).map { $0 * 7 + 3 })
    /// The same secret as the sender shows it.
    static let secret = "whsec_" + key.base64EncodedString()

    /// Returns the signature with a key, without a version.
    func code(_ key: Data = Self.key) -> String {
        let content = Data(id.utf8) + Data(".".utf8) + Data(time.utf8) + Data(".".utf8) + body
        return Data(Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))))
            .base64EncodedString()
    }

    /// Returns the Ed25519 signature, without a version.
    func signature(_ key: Curve25519.Signing.PrivateKey) throws -> String {
        try key.signature(for: Data("\(id).\(time).".utf8) + body).base64EncodedString()
    }

    /// Returns the request with the signatures, which default to the right one.
    func request(_ signatures: String? = nil) -> WebhookRequest {
        WebhookRequest(
            headers: [
                "Content-Type": "application/json",
                "webhook-id": id,
                "webhook-timestamp": time,
                "Webhook-Signature": signatures ?? "v1,\(code())",
            ],
            body: body
        )
    }
}

extension WebhookScheme {
    /// Returns the code of the error that a message is refused with; `nil` if it is accepted.
    func refusal(of request: WebhookRequest, at date: Date) async throws -> WebhookError.Code? {
        do {
            _ = try await verify(request, at: date)
            return nil
        } catch let error as WebhookError {
            return error.code
        }
    }
}

extension Data {
    /// The same bytes with one bit changed.
    func changingBit(_ bit: Int) -> Data {
        var bytes = [UInt8](self)
        bytes[bit / 8] ^= 1 << (bit % 8)
        return Data(bytes)
    }

    /// The bytes in hexadecimal digits.
    var hex: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
