/// A matcher that extracts the values of a template's placeholders from bytes.
///
/// A matcher is created once and used for many inputs, which may come from a server. Matching takes polynomial time for
/// any input: each part is tried at each offset at most once.
struct TemplateMatcher: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case placeholder(name: String, keepsSlashes: Bool)
    }

    /// The state of one backtracking search.
    private struct Search {
        /// The ranges of the matched placeholders, from the last to the first.
        var ranges: [Range<Int>] = []
        /// For each placeholder the offsets at which matching has failed. If a placeholder can't begin at an offset, it
        /// can't begin between there and the next excluded byte either.
        var failures: [Int: ClosedRange<Int>] = [:]
    }

    private let parts: [Part]
    private let excludes: @Sendable (_ byte: UInt8, _ keepsSlashes: Bool) -> Bool
    private let read: @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?

    /// Creates a matcher for a template.
    ///
    /// - Parameters:
    ///   - parts: The parsed template.
    ///   - excludes: Returns true if a byte can't be part of a value.
    ///   - read: Decodes a value. Returns `nil` if the bytes aren't a valid one.
    init(
        _ parts: some Sequence<TemplatePart>,
        excludes: @escaping @Sendable (_ byte: UInt8, _ keepsSlashes: Bool) -> Bool,
        read: @escaping @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?
    ) {
        self.parts = parts.map { part in
            switch part {
            case .literal(let text): .literal(Array(text.utf8))
            case .placeholder(let name, let keepsSlashes): .placeholder(name: name, keepsSlashes: keepsSlashes)
            }
        }
        self.excludes = excludes
        self.read = read
    }

    /// Returns the values in a string, or `nil` if the string doesn't match.
    ///
    /// A value is never empty, and all placeholders of one name have the same value. If the text matches in several
    /// ways, the first values are as short as possible.
    func values(in text: ArraySlice<UInt8>) -> TemplateValues? {
        var search = Search()
        guard match(0, text, &search) else { return nil }
        var values = TemplateValues()
        for case .placeholder(let name, let keepsSlashes) in parts {
            guard
                let range = search.ranges.popLast(),
                let value = read(text[range], keepsSlashes),
                values.add(value, for: name)
            else { return nil }
        }
        return values
    }

    /// Returns true if the parts from `index` on match the entire rest of the text.
    private func match(_ index: Int, _ text: ArraySlice<UInt8>, _ search: inout Search) -> Bool {
        guard index < parts.count else { return text.isEmpty }
        switch parts[index] {
        case .literal(let literal):
            return text.starts(with: literal) && match(index + 1, text.dropFirst(literal.count), &search)
        case .placeholder(_, let keepsSlashes):
            if search.failures[index]?.contains(text.startIndex) == true { return false }
            let limit = text.firstIndex { excludes($0, keepsSlashes) } ?? text.endIndex
            // The following literal may also be part of the value, so each of its occurrences is tried as the end.
            var end = self.end(ofPlaceholder: index, in: text, from: text.startIndex + 1, upTo: limit)
            while let here = end {
                if match(index + 1, text[here...], &search) {
                    search.ranges.append(text.startIndex..<here)
                    return true
                }
                end = self.end(ofPlaceholder: index, in: text, from: here + 1, upTo: limit)
            }
            search.failures[index] = text.startIndex...limit
            return false
        }
    }

    /// Returns the first possible end of a value: before the next literal, or at the end of the text.
    private func end(ofPlaceholder index: Int, in text: ArraySlice<UInt8>, from start: Int, upTo limit: Int) -> Int? {
        guard start <= limit else { return nil }
        guard index + 1 < parts.count, case .literal(let literal) = parts[index + 1] else {
            return limit == text.endIndex ? limit : nil
        }
        return (start...limit).first {
            $0 < text.endIndex && text[$0] == literal[0] && text[$0...].starts(with: literal)
        }
    }
}
