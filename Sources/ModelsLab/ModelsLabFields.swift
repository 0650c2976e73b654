import FetchCore

extension [String: JSONValue] {
    /// The text of a field that may be written as a number, nil where it is missing, `null` or empty.
    func text(_ name: String) -> String? {
        switch self[name] {
        case .string(let text): text.trimmedSpaces.isEmpty ? nil : text.trimmedSpaces
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// A number of seconds that may be written as a text.
    func duration(_ name: String) -> Duration? {
        self[name]?.number.flatMap(Duration.init(clampingSeconds:))
    }

    /// The texts in a field that may be an array, one text, an object, `null` or an empty text.
    func links(_ name: String) -> [String] {
        self[name]?.links ?? []
    }
}

extension JSONValue {
    fileprivate var links: [String] {
        switch self {
        case .string(let text): text.trimmedSpaces.isEmpty ? [] : [text.trimmedSpaces]
        case .array(let elements): elements.flatMap(\.links)
        // The order of an object's members is lost; that of their names is at least the same each time.
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.links)
        case .null, .bool, .integer, .number: []
        }
    }
}

extension String {
    var trimmedSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
