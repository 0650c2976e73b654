extension PathTemplate {
    /// Whether a byte can't stand in a place of a URL.
    static func keepsOut(_ byte: UInt8, keepsSlashes: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "&"): true
        case UInt8(ascii: "/"): !keepsSlashes
        default: false
        }
    }

    /// The value behind what stands in a place of a URL, or nil where it isn't one that could have been put there.
    static func value(_ text: ArraySlice<UInt8>, keepsSlashes: Bool) -> String? {
        guard keepsSlashes else { return segment(text) }
        var segments: [String] = []
        for part in text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            // A slash that is encoded belongs to its segment, and an id with slashes couldn't say so.
            guard let segment = segment(part), !segment.utf8.contains(UInt8(ascii: "/")) else { return nil }
            segments.append(segment)
        }
        return segments.joined(separator: "/")
    }

    /// A segment of dots leads elsewhere, however it is spelt.
    private static func segment(_ text: ArraySlice<UInt8>) -> String? {
        guard let segment = PercentEncoding.decode(text), segment != ".", segment != "..", !segment.isEmpty else {
            return nil
        }
        return segment
    }
}
