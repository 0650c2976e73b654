/// A matcher that extracts the values of a template's placeholders from bytes.
///
/// A matcher is created once and used for many inputs, which may come from a server. Matching takes polynomial time for
/// any input: each part is tried at each offset at most once.
struct TemplateMatcher: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case placeholder(name: String, keepsSlashes: Bool)
    }

    /// A placeholder with a possible range of its value.
    private struct Choice {
        let part: Int
        let start: Int
        /// The end of the longest possible value.
        let limit: Int
        var end: Int
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
        guard let ranges = ranges(in: text) else { return nil }
        var values = TemplateValues()
        var index = 0
        for case .placeholder(let name, let keepsSlashes) in parts {
            guard let value = read(text[ranges[index]], keepsSlashes), values.add(value, for: name) else { return nil }
            index += 1
        }
        return values
    }

    /// Returns the ranges of the placeholders' values in order, or `nil` if the text doesn't match.
    ///
    /// The search keeps its own stack of choices, so that the depth of the call stack doesn't depend on the template.
    private func ranges(in text: ArraySlice<UInt8>) -> [Range<Int>]? {
        var choices: [Choice] = []
        // For each placeholder the offsets at which matching has failed. If a placeholder can't begin at an offset, it
        // can't begin between there and the next excluded byte either.
        var failures: [Int: ClosedRange<Int>] = [:]
        var (part, offset) = (0, text.startIndex)
        while true {
            if part == parts.count, offset == text.endIndex { return choices.map { $0.start..<$0.end } }
            if part < parts.count, let next = offsetAfter(part, text[offset...], failures, &choices) {
                (part, offset) = (part + 1, next)
                continue
            }
            guard let next = nextChoice(text, &failures, &choices) else { return nil }
            (part, offset) = next
        }
    }

    /// Returns the offset after a part that begins the text, with the shortest possible value, or `nil` if it doesn't.
    private func offsetAfter(
        _ part: Int,
        _ text: ArraySlice<UInt8>,
        _ failures: [Int: ClosedRange<Int>],
        _ choices: inout [Choice]
    ) -> Int? {
        switch parts[part] {
        case .literal(let literal): return text.starts(with: literal) ? text.startIndex + literal.count : nil
        case .placeholder(_, let keepsSlashes):
            if failures[part]?.contains(text.startIndex) == true { return nil }
            let limit = text.firstIndex { excludes($0, keepsSlashes) } ?? text.endIndex
            // The choice is kept without an end, too, for `nextChoice` to record the failure.
            let end = end(ofPlaceholder: part, in: text, from: text.startIndex + 1, upTo: limit)
            choices.append(Choice(part: part, start: text.startIndex, limit: limit, end: end ?? limit))
            return end
        }
    }

    /// Extends the value of the last placeholder that may be longer, and drops those after it.
    ///
    /// The literal after a placeholder may also be part of its value, so each of its occurrences is tried as the end.
    ///
    /// - Returns: The next part and its offset, or `nil` if nothing is left to try.
    private func nextChoice(
        _ text: ArraySlice<UInt8>,
        _ failures: inout [Int: ClosedRange<Int>],
        _ choices: inout [Choice]
    ) -> (part: Int, offset: Int)? {
        while var choice = choices.popLast() {
            if let end = end(ofPlaceholder: choice.part, in: text, from: choice.end + 1, upTo: choice.limit) {
                choice.end = end
                choices.append(choice)
                return (choice.part + 1, end)
            }
            failures[choice.part] = choice.start...choice.limit
        }
        return nil
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
