#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The strings by which a key could be recognised in a response, and which are therefore redacted.
enum KeyForms {
    /// Returns the key itself and, if it consists of parts that are separated by colons, all parts but the first and
    /// the base64 form.
    ///
    /// Such a key is a user name and a password, or an identifier and a secret. Its first part isn't secret, and
    /// servers quote it in errors.
    static func strings(of key: APIKey) -> [String] {
        let parts = key.secret.split(separator: ":", omittingEmptySubsequences: false).dropFirst()
        guard !parts.isEmpty else { return [key.secret] }
        let secrets = Set([parts.joined(separator: ":")] + parts.map(String.init))
        return [key.secret, base64(of: key)] + secrets
    }

    /// Returns the key in base64, as HTTP's basic authentication sends it.
    static func base64(of key: APIKey) -> String { Data(key.secret.utf8).base64EncodedString() }
}
