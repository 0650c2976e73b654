/// The syntax of methods and header fields (RFC 9110, section 5).
package enum HeaderSyntax {
    private static let punctuation = Set("!#$%&'*+-.^_`|~".utf8)

    /// Returns true if the string is a token, as the names of methods and header fields are.
    package static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    /// Returns true for a byte that a token may contain.
    package static func isTokenByte(_ byte: UInt8) -> Bool {
        ASCII.isLetterOrDigit(byte) || punctuation.contains(byte)
    }

    /// Returns true if the string consists of spaces and visible ASCII characters.
    package static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { ASCII.isVisible($0) || $0 == UInt8(ascii: " ") }
    }

    /// Returns true if the string contains a byte that ends a header field: a newline or NUL.
    package static func endsField(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable(endsField) ?? Array(text.utf8).withUnsafeBufferPointer(endsField)
    }

    private static func endsField(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.contains { $0 == 0 || ASCII.isNewline($0) }
    }
}
