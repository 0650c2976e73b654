/// Finds the values that stand in the places of a template.
///
/// It works on bytes and is made once for many texts: a registry asks it for each URL that it is shown.
struct TemplateMatcher: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case place(name: String, keepsSlashes: Bool)
    }

    private let parts: [Part]
    private let read: @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?

    /// Prepares a template.
    ///
    /// - Parameter read: The value behind what stands in a place, nil where it can't stand there.
    init(
        _ parts: some Sequence<TemplatePart>,
        read: @escaping @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?
    ) {
        self.parts = parts.map { part in
            switch part {
            case .literal(let text): .literal(Array(text.utf8))
            case .place(let name, let keepsSlashes): .place(name: name, keepsSlashes: keepsSlashes)
            }
        }
        self.read = read
    }

    /// The values in a text, or nil where it doesn't fit.
    ///
    /// No place is empty, and a name that has several places has the same value in all of them.
    func values(in text: ArraySlice<UInt8>) -> TemplateValues? {
        var values = TemplateValues()
        return match(0, text, &values) ? values : nil
    }

    private func match(_ index: Int, _ text: ArraySlice<UInt8>, _ values: inout TemplateValues) -> Bool {
        guard index < parts.count else { return text.isEmpty }
        switch parts[index] {
        case .literal(let literal):
            return text.starts(with: literal) && match(index + 1, text.dropFirst(literal.count), &values)
        case .place(let name, let keepsSlashes):
            // What stands behind a place may stand inside the value as well, so each of its occurrences is tried.
            var end = self.end(ofPlace: index, in: text, from: text.startIndex + 1)
            while let here = end {
                if let value = read(text[..<here], keepsSlashes) {
                    let count = values.count
                    if values.add(value, for: name), match(index + 1, text[here...], &values) { return true }
                    values.cut(to: count)
                }
                end = self.end(ofPlace: index, in: text, from: here + 1)
            }
            return false
        }
    }

    /// Where a value may end: in front of the next literal, or at the end of the text.
    private func end(ofPlace index: Int, in text: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard start <= text.endIndex else { return nil }
        guard index + 1 < parts.count, case .literal(let literal) = parts[index + 1] else { return text.endIndex }
        return (start..<text.endIndex).first { text[$0] == literal[0] && text[$0...].starts(with: literal) }
    }
}
