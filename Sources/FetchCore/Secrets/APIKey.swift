/// A secret key. It prints, dumps and reflects as `[redacted]`, and can't be encoded.
public struct APIKey: Sendable, Hashable {
    /// The key itself. Whoever reads it takes care of it from there on.
    public let secret: String

    /// Takes text for a key.
    ///
    /// It is checked when it is about to be sent: an empty key, or one with a space, a newline or a character outside
    /// ASCII, is an error that names the provider.
    public init(_ secret: String) {
        self.secret = secret
    }

    /// What keeps the key from being sent, or nil.
    var flaw: String? {
        if secret.isEmpty { return "is empty" }
        if secret.utf8.contains(where: { $0 == 10 || $0 == 13 }) { return "holds a newline" }
        if secret.utf8.contains(UInt8(ascii: " ")) {
            return "holds a space; give the key alone, without a word before it"
        }
        if secret.utf8.contains(where: { !(0x21...0x7E).contains($0) }) {
            return "holds a character outside printable ASCII"
        }
        return nil
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `[redacted]`
    public var description: String { KeyRedaction.mark }

    /// `[redacted]`
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
