extension PathTemplate {
    /// Returns true if a byte of a URL can't be part of a placeholder's value.
    static func excludes(_ byte: UInt8, keepsSlashes: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "&"): true
        case UInt8(ascii: "/"): !keepsSlashes
        default: false
        }
    }

    /// Returns the decoded value of a placeholder, or `nil` if expansion can't produce this part of a URL.
    static func value(_ text: ArraySlice<UInt8>, keepsSlashes: Bool) -> String? {
        guard keepsSlashes else { return segment(text) }
        var segments: [String] = []
        for part in text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            // Decoding an encoded slash would turn one segment into two.
            guard let segment = segment(part), !segment.utf8.contains(UInt8(ascii: "/")) else { return nil }
            segments.append(segment)
        }
        return segments.joined(separator: "/")
    }

    /// Returns a decoded segment, or `nil` for an empty or dot segment, which expansion refuses in any encoding.
    private static func segment(_ text: ArraySlice<UInt8>) -> String? {
        guard let segment = PercentEncoding.decode(text), segment != ".", segment != "..", !segment.isEmpty else {
            return nil
        }
        return segment
    }
}
