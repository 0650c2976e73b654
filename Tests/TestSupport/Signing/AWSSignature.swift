package import FetchCore
package import Foundation

/// A signature of a request in version 4 of AWS's process (SigV4).
///
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
package struct AWSSignature {
    /// The date and time in UTC, such as `20150830T123600Z`.
    package let timestamp: String
    /// The value of the header field `Authorization`.
    package let authorization: String

    /// Signs a request.
    ///
    /// - Parameters:
    ///   - request: The request. Its field `Content-Type`, the host and the date are signed.
    ///   - key: The access key ID, a colon and the secret access key.
    ///   - date: The date of the signature.
    ///   - region: The region, such as `us-east-1`.
    ///   - service: The service, such as `iam`.
    /// - Throws: `FetchError` if the key has another form.
    package init(
        of request: FetchRequest,
        with key: APIKey,
        at date: Date,
        region: String,
        service: String
    ) throws {
        guard let colon = key.secret.firstIndex(of: ":") else {
            throw FetchError(.malformedKey, "the key is not an access key ID, a colon and a secret access key")
        }
        timestamp = Self.timestamp(of: date)
        let day = String(timestamp.prefix(8))
        var fields = ["host": Self.host(of: request.url), "x-amz-date": timestamp]
        if let type = request.headers["Content-Type"] { fields["content-type"] = type }
        let names = fields.keys.sorted()
        let signedHeaders = names.joined(separator: ";")
        let canonicalRequest = [
            request.method.description,
            request.url.path(percentEncoded: true).isEmpty ? "/" : request.url.path(percentEncoded: true),
            Self.canonicalQuery(of: request.url),
            names.map { "\($0):\(fields[$0] ?? "")\n" }.joined(),
            signedHeaders,
            Self.hex(SHA256.hash(Array(request.body ?? Data()))),
        ].joined(separator: "\n")
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(timestamp)\n\(scope)\n\(Self.hex(SHA256.hash(Array(canonicalRequest.utf8))))"
        var code = Array("AWS4\(key.secret[key.secret.index(after: colon)...])".utf8)
        for part in [day, region, service, "aws4_request", text] { code = SHA256.code(of: Array(part.utf8), key: code) }
        authorization =
            "AWS4-HMAC-SHA256 Credential=\(key.secret[..<colon])/\(scope), "
            + "SignedHeaders=\(signedHeaders), Signature=\(Self.hex(code))"
    }

    /// Host and port. A standard port is not part of the field `Host`.
    private static func host(of url: URL) -> String {
        let host = url.host(percentEncoded: true) ?? ""
        return url.port.map { "\(host):\($0)" } ?? host
    }

    private static func canonicalQuery(of url: URL) -> String {
        (url.query(percentEncoded: true) ?? "").split(separator: "&").map { $0.contains("=") ? "\($0)" : "\($0)=" }
            .sorted().joined(separator: "&")
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func timestamp(of date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }
}
