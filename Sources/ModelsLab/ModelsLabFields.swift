#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
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

    /// A text that may also be several, by the names of the parameters that they are about.
    func words(_ name: String) -> String? {
        text(name) ?? self[name].map { $0.texts.joined(separator: " ") }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A number of seconds that may be written as a text.
    func duration(_ name: String) -> Duration? {
        self[name]?.number.flatMap(Duration.init(clampingSeconds:))
    }

    /// The texts in a field that should be links and may be an array, one text, an object, `null` or an empty text.
    func links(_ name: String) -> [String] {
        self[name]?.links ?? []
    }
}

extension JSONValue {
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): text.trimmedSpaces.isEmpty ? [] : [text.trimmedSpaces]
        case .array(let elements): elements.flatMap(\.texts)
        // The order of an object's members is lost; that of their names is at least the same each time.
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.texts)
        case .null, .bool, .integer, .number: []
        }
    }

    /// An object may say more about a link than the link; without any link all of it is shown, so that an error can
    /// name it.
    fileprivate var links: [String] {
        switch self {
        case .array(let elements): return elements.flatMap(\.links)
        case .object:
            let links = texts.filter { URL(webLink: $0) != nil }
            return links.isEmpty ? texts : links
        default: return texts
        }
    }
}

extension URL {
    /// The link, where it is an absolute one of http or https without a user name or password.
    init?(webLink text: String) {
        guard let url = URL(string: text), (try? Origin(of: url)) != nil else { return nil }
        self = url
    }
}

extension String {
    /// The text without spaces and newlines around it.
    var trimmedSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The beginning of the text in quotation marks, fit to stand in a message.
    func quoted(longest: Int) -> String { "“\(onOneLine(longest: longest))”" }

    /// The beginning of the text without control characters.
    func onOneLine(longest: Int) -> String {
        let shown = unicodeScalars.prefix(longest).map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        return String(shown) + (unicodeScalars.dropFirst(longest).isEmpty ? "" : "…")
    }
}
