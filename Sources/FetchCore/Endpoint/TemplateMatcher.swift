/// Finds the values that stand in the places of a template.
///
/// It works on bytes and is made once for many texts: a registry asks it for each URL that it is shown, and a server may
/// have made that up. However odd the text, each part is tried at each offset once.
struct TemplateMatcher: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case place(name: String, keepsSlashes: Bool)
    }

    /// The places found so far, from the last to the first, and where each place was tried in vain: one that can't begin
    /// here can't begin further on either, up to where it must end.
    private struct Search {
        var places: [Range<Int>] = []
        var failures: [Int: ClosedRange<Int>] = [:]
    }

    private let parts: [Part]
    private let keepsOut: @Sendable (_ byte: UInt8, _ keepsSlashes: Bool) -> Bool
    private let read: @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?

    /// Prepares a template.
    ///
    /// - Parameters:
    ///   - keepsOut: Whether a byte can't stand in a place.
    ///   - read: The value behind what stands in a place, nil where that isn't one.
    init(
        _ parts: some Sequence<TemplatePart>,
        keepsOut: @escaping @Sendable (_ byte: UInt8, _ keepsSlashes: Bool) -> Bool,
        read: @escaping @Sendable (_ text: ArraySlice<UInt8>, _ keepsSlashes: Bool) -> String?
    ) {
        self.parts = parts.map { part in
            switch part {
            case .literal(let text): .literal(Array(text.utf8))
            case .place(let name, let keepsSlashes): .place(name: name, keepsSlashes: keepsSlashes)
            }
        }
        self.keepsOut = keepsOut
        self.read = read
    }

    /// The values in a text, or nil where it doesn't fit.
    ///
    /// No place is empty, and a name that has several places has the same value in all of them. Where a text fits in several
    /// ways, the places in front are as short as they can be.
    func values(in text: ArraySlice<UInt8>) -> TemplateValues? {
        var search = Search()
        guard match(0, text, &search) else { return nil }
        var values = TemplateValues()
        for case .place(let name, let keepsSlashes) in parts {
            guard
                let place = search.places.popLast(),
                let value = read(text[place], keepsSlashes),
                values.add(value, for: name)
            else { return nil }
        }
        return values
    }

    /// Whether the rest of the parts fits the rest of the text.
    private func match(_ index: Int, _ text: ArraySlice<UInt8>, _ search: inout Search) -> Bool {
        guard index < parts.count else { return text.isEmpty }
        switch parts[index] {
        case .literal(let literal):
            return text.starts(with: literal) && match(index + 1, text.dropFirst(literal.count), &search)
        case .place(_, let keepsSlashes):
            if search.failures[index]?.contains(text.startIndex) == true { return false }
            let limit = text.firstIndex { keepsOut($0, keepsSlashes) } ?? text.endIndex
            // What stands behind a place may stand inside the value as well, so each of its occurrences is tried.
            var end = self.end(ofPlace: index, in: text, from: text.startIndex + 1, upTo: limit)
            while let here = end {
                if match(index + 1, text[here...], &search) {
                    search.places.append(text.startIndex..<here)
                    return true
                }
                end = self.end(ofPlace: index, in: text, from: here + 1, upTo: limit)
            }
            search.failures[index] = text.startIndex...limit
            return false
        }
    }

    /// Where a value may end: in front of the next literal, or at the end of the text.
    private func end(ofPlace index: Int, in text: ArraySlice<UInt8>, from start: Int, upTo limit: Int) -> Int? {
        guard start <= limit else { return nil }
        guard index + 1 < parts.count, case .literal(let literal) = parts[index + 1] else {
            return limit == text.endIndex ? limit : nil
        }
        return (start...limit).first {
            $0 < text.endIndex && text[$0] == literal[0] && text[$0...].starts(with: literal)
        }
    }
}
