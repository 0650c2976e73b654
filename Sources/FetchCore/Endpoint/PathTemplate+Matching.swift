extension PathTemplate {
    /// The values that stand in the template's places in a path and query, or nil where the text doesn't fit.
    ///
    /// A place ends where the literal behind it begins, and no place is empty.
    func values(in text: some StringProtocol) -> [String: String]? {
        guard let parts = try? parts() else { return nil }
        var values: [String: String] = [:]
        var rest = Substring(text)
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let literal):
                guard rest.hasPrefix(literal) else { return nil }
                rest.removeFirst(literal.count)
            case .place(let name, let keepsSlashes):
                let end = Self.end(of: rest, before: parts.dropFirst(index + 1).first)
                guard
                    let end, end > rest.startIndex,
                    let value = PercentEncoding.decode(rest[..<end]),
                    !rest[..<end].contains(where: { ($0 == "/" && !keepsSlashes) || $0 == "?" || $0 == "&" })
                else { return nil }
                values[name] = value
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    private static func end(of text: Substring, before next: Part?) -> Substring.Index? {
        guard case .literal(let literal) = next else { return text.endIndex }
        return text.firstRange(of: literal)?.lowerBound
    }
}
