extension PathTemplate {
    /// The values that stand in the template's places in a path and query, or nil where the text doesn't fit.
    ///
    /// No place is empty, and a name that has several places has the same value in all of them.
    func values(in text: some StringProtocol) -> [String: String]? {
        (try? parts())?.values(in: Substring(text), read: Self.value)
    }

    private static func value(_ text: Substring, keepsSlashes: Bool) -> String? {
        guard !text.contains(where: { $0 == "?" || $0 == "&" }) else { return nil }
        guard keepsSlashes else { return text.contains("/") ? nil : PercentEncoding.decode(text) }
        var segments: [String] = []
        for segment in text.split(separator: "/", omittingEmptySubsequences: false) {
            // A slash that is encoded belongs to its segment, and an id with slashes couldn't say so.
            guard let decoded = PercentEncoding.decode(segment), !decoded.contains("/") else { return nil }
            segments.append(decoded)
        }
        return segments.joined(separator: "/")
    }
}
