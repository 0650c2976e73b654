import FetchCore

/// Finds the format of text by its first bytes.
struct TextSniffer {
    /// The number of characters from which on text without spaces counts as base64.
    private static let minimumBase64 = 64

    private let bytes: ArraySlice<UInt8>
    private let isWhole: Bool

    /// - Parameters:
    ///   - bytes: The first bytes of a file.
    ///   - isWhole: True if the file has no further bytes.
    init(_ bytes: [UInt8], isWhole: Bool) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
        self.isWhole = isWhole
    }

    /// The format; `nil` for anything else than text.
    var format: FileFormat? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .text }
        guard isUTF8 else { return nil }
        let start = bytes.drop { [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains($0) }
        switch start.first {
        case nil: return .text
        case UInt8(ascii: "<"): return markup(start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default: return isBase64(start) ? .base64 : .text
        }
    }

    /// Tells HTML, SVG and other XML apart.
    private func markup(_ start: ArraySlice<UInt8>) -> FileFormat {
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let isSVG = text.contains("<svg")
        if text.hasPrefix("<?xml") || text.hasPrefix("<!doctype svg") || text.hasPrefix("<svg") {
            if text.contains("<html") || text.contains("<!doctype html") { return .html }
            return isSVG ? .svg : .xml
        }
        let isPage = Self.pageElements.contains { element in
            guard text.hasPrefix("<\(element)") else { return false }
            let next = text.utf8.dropFirst(element.utf8.count + 1).first
            return next.map { !ASCII.isLetterOrDigit($0) } ?? true
        }
        if isPage { return .html }
        if text.hasPrefix("<!--") { return isSVG && !text.contains("<html") ? .svg : .html }
        let second = start.dropFirst().first ?? 0
        return ASCII.isLetterOrDigit(second) ? .xml : .text
    }

    private static let pageElements = [
        "!doctype html", "html", "head", "body", "title", "script", "style", "meta", "link", "iframe", "h1", "h2", "p",
        "div", "table", "br", "center", "font", "a", "b",
    ]

    /// True if the bytes are UTF-8 without control characters. The last character may be incomplete if more follow.
    private var isUTF8: Bool {
        let isText = bytes.allSatisfy { $0 >= 0x20 ? $0 != 0x7F : [0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
        guard isText else { return false }
        if String(validating: bytes, as: UTF8.self) != nil { return true }
        guard !isWhole else { return false }
        return (1...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil && $0 < bytes.count }
    }

    private func isBase64(_ start: ArraySlice<UInt8>) -> Bool {
        if start.prefix(5).elementsEqual("data:".utf8) { return start.firstRange(of: Array(";base64,".utf8)) != nil }
        var count = 0
        var hasEnded = false
        for byte in start where !ASCII.isNewline(byte) {
            if byte == UInt8(ascii: "=") {
                hasEnded = true
            } else {
                guard !hasEnded, ASCII.isLetterOrDigit(byte) || "+/-_".utf8.contains(byte) else { return false }
            }
            count += 1
        }
        // A long word is no base64, but the base64 of a file has letters of both cases or digits.
        let hasUppercase = start.contains(where: ASCII.isUppercaseLetter)
        let hasLowercase = start.contains(where: ASCII.isLowercaseLetter)
        return count >= Self.minimumBase64 && hasUppercase && hasLowercase
    }
}
