#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The encoding of a signature or a key in a string.
public enum ByteEncoding: Sendable, Hashable {
    /// Hexadecimal digits in either case.
    case hex
    /// Base64 with or without padding.
    case base64

    /// Returns the bytes of a string; `nil` if it isn't in the encoding.
    func bytes(of text: some StringProtocol) -> Data? {
        switch self {
        case .hex: Self.hexBytes(of: Array(text.utf8))
        case .base64: Self.base64Bytes(of: String(text))
        }
    }

    private static func hexBytes(of text: [UInt8]) -> Data? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes = Data(capacity: text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func base64Bytes(of text: String) -> Data? {
        let digits = text.prefix { $0 != "=" }
        guard text.utf8.count - digits.utf8.count <= 2 else { return nil }
        return Data(base64Encoded: digits + String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4))
    }

    /// Returns the bytes of a string in base64url without padding, as in a JSON Web Key.
    static func base64URLBytes(of text: String) -> Data? {
        guard !text.contains("+"), !text.contains("/") else { return nil }
        return base64Bytes(of: String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }))
    }
}
