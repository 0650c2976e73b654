/// A secret key. Printing, dumping or reflecting it shows `[redacted]`, and it isn't `Encodable`.
public struct APIKey: Sendable, Hashable {
    /// The key itself. Code that reads it is responsible for keeping it secret.
    public let secret: String

    /// Creates a key from a string.
    ///
    /// The string is validated when the key is sent, not here. A key that is empty, is a placeholder such as
    /// `your-api-key`, or contains a space, a newline or a character outside printable ASCII, fails the request with
    /// ``FetchError/Code/malformedKey``.
    ///
    /// - Parameter secret: The key without a prefix such as "Bearer", which belongs to the endpoint's
    ///   ``Authorization``. For ``Authorization/basic`` the user name, a colon and the password, which may contain
    ///   spaces.
    public init(_ secret: String) {
        self.secret = secret
    }

    /// The reason why the key can't be used for any purpose, as a clause without a subject. `nil` if there is none.
    var problem: String? {
        if secret.isEmpty { return "is empty" }
        if secret.utf8.contains(where: ASCII.isNewline) { return "contains a newline" }
        if KeyPlaceholder.matches(secret) { return "is a placeholder from an example" }
        return nil
    }

    /// Validates a key without a ``problem`` for one purpose.
    ///
    /// - Parameter purpose: The use of the key. A password may contain spaces.
    /// - Returns: The reason why the key can't be used for the purpose, as a clause without a subject. `nil` if there
    ///   is none.
    func problem(for purpose: KeyPurpose) -> String? {
        let isPair = purpose == .userAndPassword
        if isPair, !secret.utf8.contains(UInt8(ascii: ":")) {
            return "contains no colon; pass the user name, a colon and the password"
        }
        if !isPair, secret.utf8.contains(UInt8(ascii: " ")) {
            return "contains a space; pass the key alone, without a prefix"
        }
        if secret.utf8.contains(where: { !ASCII.isVisible($0) && $0 != UInt8(ascii: " ") }) {
            return "contains a character outside printable ASCII"
        }
        return nil
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The string `[redacted]`.
    public var description: String { KeyRedaction.mark }

    /// The string `[redacted]`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
