#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension [String: JSONValue] {
    /// The text of a field that may be written as a number, nil where it is missing, `null` or empty.
    func text(_ name: String) -> String? { self[name]?.text }

    /// A text that may also be several, by the names of the parameters that they are about.
    func words(_ name: String) -> String? { self[name]?.words }

    /// A number of seconds that may be written as a text. More than a year is nobody's estimate and nobody's
    /// measurement, and is no more believed than infinity.
    func duration(_ name: String) -> Duration? { self[name]?.duration }

    /// The texts in a field that should be links and may be an array, one text, an object, `null` or an empty text.
    func links(_ name: String) -> [String] {
        self[name]?.links ?? []
    }
}

extension JSONValue {
    /// The string or integer as text without spaces around it, nil if it is empty or another type.
    var text: String? {
        switch self {
        case .string(let string):
            let text = string.trimmedSpaces
            return text.isEmpty ? nil : text
        case .integer(let number): return String(number)
        default: return nil
        }
    }

    /// The text, or all texts in an array or object, with spaces between them.
    var words: String? {
        if let text { return text }
        let words = texts.joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    /// A number of seconds, up to a year.
    var duration: Duration? {
        guard let seconds = number, seconds.isFinite, seconds <= 365 * 86_400 else { return nil }
        return Duration(clampingSeconds: seconds)
    }

    fileprivate var texts: [String] {
        switch self {
        case .string(let text): text.trimmedSpaces.isEmpty ? [] : [text.trimmedSpaces]
        case .array(let elements): elements.flatMap(\.texts)
        // The order of an object's members is lost; this one is at least the same each time.
        case .object(let members): members.sorted { Self.rank($0.key) < Self.rank($1.key) }.flatMap(\.value.texts)
        case .null, .bool, .integer, .number: []
        }
    }

    /// The names under which an object holds the file itself, beside a thumbnail or a copy, the likeliest first.
    private static let mainMembers = ["url", "image", "video", "audio"]

    /// Where a member stands among others: the file itself first, the rest by name.
    private static func rank(_ name: String) -> (Int, String) {
        (mainMembers.firstIndex(of: name) ?? mainMembers.endIndex, name)
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
        // The usual text begins and ends with a letter, and is found to by its bytes alone.
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
            return self
        }
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
