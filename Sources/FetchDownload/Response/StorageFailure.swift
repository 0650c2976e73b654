import FetchCore

/// The error document of a storage service: S3 and R2, Cloud Storage, Azure Blob Storage.
///
/// Only the code and a few known phrases are read, since other parts of the document may contain what a signature is
/// made from.
package struct StorageFailure: Sendable, Hashable {
    /// The number of bytes at the beginning of the document that count.
    package static let prefixLength = 4_096

    /// The code, such as `AccessDenied`: at most 64 letters and digits.
    package let code: String

    /// True if the link has expired. Only a new link can help then.
    package let hasLinkExpired: Bool

    /// Reads a document. `nil` if it isn't XML with a code.
    package init?(_ body: some Sequence<UInt8>) {
        let bytes = Array(body.prefix(Self.prefixLength))
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0).first { !Self.isSpace($0) }
        guard start == UInt8(ascii: "<"), let code = Self.content(of: "Code", in: bytes), (1...64).contains(code.count),
            code.allSatisfy(ASCII.isLetterOrDigit)
        else { return nil }
        self.code = String(decoding: code, as: UTF8.self)
        let explanations = ["Message", "Details", "AuthenticationErrorDetail"].compactMap { name in
            Self.content(of: name, in: bytes).map { String(decoding: $0, as: UTF8.self).lowercased() }
        }
        hasLinkExpired =
            Self.expiryCodes.contains(self.code)
            || Self.refusalCodes.contains(self.code)
                && explanations.contains { text in Self.expiryPhrases.contains(where: text.contains) }
    }

    /// Codes for a link or the temporary credentials that signed it.
    private static let expiryCodes: Set = ["ExpiredToken", "TokenRefreshRequired", "RequestExpired"]

    private static let refusalCodes: Set = ["AccessDenied", "AuthenticationFailed", "InvalidToken"]

    /// The explanations of S3 and R2 (“Request has expired”), of CloudFront and Cloud Storage, and of Azure (“Signature
    /// not valid in the specified time frame”, “Signed expiry time …”).
    private static let expiryPhrases = [
        "has expired", "is expired", "expired token", "not valid in the specified time frame", "signed expiry time",
    ]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || ASCII.isNewline(byte) }

    /// Returns the bytes between the first tag of a name without attributes and the next tag.
    private static func content(of name: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard let start = bytes.firstRange(of: Array("<\(name)>".utf8))?.upperBound else { return nil }
        let content = bytes[start...].prefix { $0 != UInt8(ascii: "<") }
        // Without an end, the document was cut within the content.
        return content.endIndex < bytes.endIndex ? content : nil
    }
}
