extension PathTemplate {
    /// The values that stand in the template's places in a path and query, or nil where the text doesn't fit.
    ///
    /// No place is empty, and a name that has several places has the same value in all of them.
    func values(in text: some StringProtocol) -> [String: String]? {
        guard let parts = try? parts() else { return nil }
        return Self.values(of: parts[...], in: Substring(text), known: [:])
    }

    private static func values(
        of parts: ArraySlice<Part>,
        in text: Substring,
        known: [String: String]
    ) -> [String: String]? {
        guard let part = parts.first else { return text.isEmpty ? known : nil }
        switch part {
        case .literal(let literal):
            guard text.hasPrefix(literal) else { return nil }
            return values(of: parts.dropFirst(), in: text.dropFirst(literal.count), known: known)
        case .place(let name, let keepsSlashes):
            // The literal behind a place may stand inside the value as well, so each of its occurrences is tried.
            for end in ends(of: text, before: parts.dropFirst().first) {
                guard let value = value(text[..<end], keepsSlashes: keepsSlashes) else { continue }
                var known = known
                guard known.updateValue(value, forKey: name) ?? value == value else { continue }
                if let all = values(of: parts.dropFirst(), in: text[end...], known: known) { return all }
            }
            return nil
        }
    }

    private static func ends(of text: Substring, before next: Part?) -> [Substring.Index] {
        guard case .literal(let literal) = next else { return [text.endIndex] }
        return text.ranges(of: literal).map(\.lowerBound)
    }

    private static func value(_ text: Substring, keepsSlashes: Bool) -> String? {
        guard !text.isEmpty, !text.contains(where: { $0 == "?" || $0 == "&" }) else { return nil }
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
