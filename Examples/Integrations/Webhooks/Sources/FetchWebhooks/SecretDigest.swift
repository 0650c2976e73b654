import Crypto

/// The digest of a secret string. Digests are compared in constant time, and they hide the length of a secret.
struct SecretDigest: Sendable {
    private let digest: SHA256.Digest

    init(_ secret: some StringProtocol) { digest = SHA256.hash(data: Array(secret.utf8)) }

    /// Returns true if a string is the secret, in a time that depends only on the length of the string.
    func matches(_ text: some StringProtocol) -> Bool { SHA256.hash(data: Array(text.utf8)) == digest }
}

extension SecretDigest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // The digest of a weak secret could be searched for.
    var description: String { "[redacted]" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
