#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Crypto

/// The public key of an Ed25519 signature.
struct SigningKey: Sendable, Hashable {
    private let bytes: Data

    /// Creates a key from its 32 bytes. `nil` if they aren't a key.
    init?(_ bytes: Data) {
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        self.bytes = bytes
    }

    /// Returns true if a signature is that of these bytes by the key's owner.
    func isValid(_ signature: Data, for content: Data) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: content)
    }
}
