import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A message about a clip, as the bytes of an HTTP request.
struct Message: Sendable {
    /// The key of the genuine messages.
    static let key = SymmetricKey(size: .bits256)

    let bytes: [UInt8]
    let isGenuine: Bool

    /// Creates a message about a job, signed with the genuine key or another one.
    init(about job: Int, isGenuine: Bool, at date: Date) {
        self.isGenuine = isGenuine
        let body = #"{"id":"\#(job)","status":"succeeded","output":["https://files.example/\#(job).mp4"]}"#
        let id = "msg_\(isGenuine ? "genuine" : "forged")-\(job)"
        let time = String(Int(date.timeIntervalSince1970))
        let key = isGenuine ? Self.key : SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(time).\(body)".utf8), using: key)
        let head = [
            "POST /webhooks/example HTTP/1.1", "Host: localhost", "Content-Type: application/json",
            "Content-Length: \(body.utf8.count)", "webhook-id: \(id)", "webhook-timestamp: \(time)",
            "webhook-signature: v1,\(code.withUnsafeBytes { Data($0) }.base64EncodedString())",
        ]
        bytes = Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }
}
