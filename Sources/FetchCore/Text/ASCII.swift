/// Classes of ASCII bytes. A byte outside ASCII belongs to none of them.
package enum ASCII {
    /// Returns true for `0-9`.
    @inline(__always)
    package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Returns true for `a-z`.
    @inline(__always)
    package static func isLowercaseLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    /// Returns true for `A-Z`.
    @inline(__always)
    package static func isUppercaseLetter(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// Returns true for `a-z`, `A-Z` and `0-9`.
    @inline(__always)
    package static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLowercaseLetter(byte) || isUppercaseLetter(byte) || isDigit(byte)
    }

    /// Returns true for line feed and carriage return.
    @inline(__always)
    package static func isNewline(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// Returns true for the characters from `!` to `~`, which are printable and not a space.
    @inline(__always)
    package static func isVisible(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E }

    /// Returns the lowercase form of a letter. Any other byte is unchanged.
    @inline(__always)
    package static func lowercased(_ byte: UInt8) -> UInt8 { isUppercaseLetter(byte) ? byte | 0x20 : byte }

    /// Returns the uppercase form of a letter. Any other byte is unchanged.
    @inline(__always)
    package static func uppercased(_ byte: UInt8) -> UInt8 { isLowercaseLetter(byte) ? byte & 0xDF : byte }

    /// Returns the value of a hexadecimal digit in either case, or `nil` for any other byte.
    @inline(__always)
    package static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
