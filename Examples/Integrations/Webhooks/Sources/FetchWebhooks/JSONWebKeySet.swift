#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The Ed25519 keys of a JSON Web Key Set ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517),
/// [RFC 8037](https://www.rfc-editor.org/rfc/rfc8037)).
struct JSONWebKeySet: Sendable {
    /// The greatest number of keys that are used: each of them costs every forged message one verification.
    static let maximumKeys = 8

    let keys: [SigningKey]

    /// Reads a key set.
    ///
    /// - Parameter data: The document.
    /// - Throws: ``WebhookError`` if it isn't a key set, or contains no key of the kind.
    init(_ data: Data) throws(WebhookError) {
        let members = (try? JSONValue(parsing: data))?["keys"]?.array ?? []
        let keys = members.lazy.compactMap { member -> SigningKey? in
            guard member["kty"]?.string == "OKP", member["crv"]?.string == "Ed25519",
                member["use"].map({ $0.string == "sig" }) ?? true,
                let bytes = member["x"]?.string.flatMap({ ByteEncoding.base64URLBytes(of: $0) })
            else { return nil }
            return SigningKey(bytes)
        }
        self.keys = Array(keys.prefix(Self.maximumKeys))
        guard !self.keys.isEmpty else {
            throw WebhookError(.unavailableKeys, "the key set contains no Ed25519 key")
        }
    }
}
