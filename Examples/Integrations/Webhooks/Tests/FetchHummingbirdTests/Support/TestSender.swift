import Crypto
import FetchCore
import FetchWebhooks
import Foundation
import HTTPTypes

/// A sender of messages about clips, which signs them by Standard Webhooks.
struct TestSender {
    /// The sender whose secret the receiver knows.
    static let genuine = Self(key: Data(repeating: 0x5A, count: 32))
    /// A sender with another secret.
    static let forger = Self(key: Data(repeating: 0xA5, count: 32))

    let key: Data

    /// Returns the source of the genuine messages.
    static func source() throws -> WebhookSource {
        WebhookSource(
            "example",
            scheme: try StandardWebhooks(secrets: ["whsec_" + genuine.key.base64EncodedString()]),
            locator: try JobLocator(endpoint: "example.clip", id: "/id")
        )
    }

    /// Returns a signed message.
    ///
    /// - Parameters:
    ///   - id: The id of the message.
    ///   - body: The body.
    ///   - date: The date of the message.
    /// - Returns: The message.
    func message(_ id: String, _ body: String = #"{"id":"1"}"#, at date: Date) -> WebhookRequest {
        let time = String(Int(date.timeIntervalSince1970))
        let content = Data("\(id).\(time).\(body)".utf8)
        let code = Data(Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))))
        return WebhookRequest(
            headers: [
                "webhook-id": id, "webhook-timestamp": time, "webhook-signature": "v1,\(code.base64EncodedString())",
            ],
            body: Data(body.utf8)
        )
    }
}

extension WebhookRequest {
    /// The header fields as the test client sends them.
    var httpFields: HTTPFields {
        var fields = HTTPFields()
        for field in headers.fields {
            if let name = HTTPField.Name(field.name) { fields.append(HTTPField(name: name, value: field.value)) }
        }
        return fields
    }
}
