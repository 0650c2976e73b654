#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension [String: JSONValue] {
    /// The string or integer in a field as a string, or `nil` if the field is missing, empty or of another type.
    func string(_ name: String) -> String? { self[name]?.nonEmptyString }

    /// All strings in a field joined by spaces, or `nil` if there is none.
    ///
    /// ModelsLab's messages are a string, or arrays of strings by parameter.
    func joinedStrings(_ name: String) -> String? { self[name]?.joinedStrings }

    /// A duration in seconds, written as a number or a string. `nil` if it isn't finite or exceeds a year.
    ///
    /// No ETA and no measurement is that long, so a larger value is as meaningless as infinity.
    func duration(_ name: String) -> Duration? { self[name]?.duration }

    /// The strings in a field of links, which can be an array, a string, an object, `null` or an empty string.
    func links(_ name: String) -> [String] {
        self[name]?.links ?? []
    }
}

extension JSONValue {
    /// The string without surrounding whitespace, or the integer as a string. `nil` if it is empty or of another type.
    var nonEmptyString: String? {
        switch self {
        case .string(let string):
            let trimmed = string.trimmingWhitespace
            return trimmed.isEmpty ? nil : trimmed
        case .integer(let number): return String(number)
        default: return nil
        }
    }

    /// The string or integer, or all strings in an array or object, joined by spaces. `nil` if there is none.
    var joinedStrings: String? {
        if let nonEmptyString { return nonEmptyString }
        let joined = nestedStrings.joined(separator: " ")
        return joined.isEmpty ? nil : joined
    }

    /// A duration in seconds. `nil` if it isn't a finite number or exceeds a year.
    var duration: Duration? {
        guard let seconds = number, seconds.isFinite, seconds <= 365 * 86_400 else { return nil }
        return Duration(clampingSeconds: seconds)
    }

    fileprivate var nestedStrings: [String] {
        switch self {
        case .string(let string):
            let trimmed = string.trimmingWhitespace
            return trimmed.isEmpty ? [] : [trimmed]
        case .array(let elements): return elements.flatMap(\.nestedStrings)
        // The original order of the members is lost. This order is at least deterministic.
        case .object(let members):
            return members.sorted { Self.rank($0.key) < Self.rank($1.key) }.flatMap(\.value.nestedStrings)
        case .null, .bool, .integer, .number: return []
        }
    }

    /// The member names that stand for the file itself and not for a thumbnail or a copy, the most likely first.
    private static let mainMembers = ["url", "image", "video", "audio"]

    /// The sort key of a member: main members first, the others by name.
    private static func rank(_ name: String) -> (Int, String) {
        (mainMembers.firstIndex(of: name) ?? mainMembers.endIndex, name)
    }

    /// The links in the value.
    ///
    /// An object can contain other strings besides its link, such as a format, so only its links are returned. If it
    /// has no link, all of its strings are returned, so that an error can quote them.
    fileprivate var links: [String] {
        switch self {
        case .array(let elements): return elements.flatMap(\.links)
        case .object:
            let links = nestedStrings.filter { URL(webLink: $0) != nil }
            return links.isEmpty ? nestedStrings : links
        default: return nestedStrings
        }
    }
}

extension URL {
    /// Creates a URL, or returns `nil` if the string isn't an absolute http or https URL without user name and
    /// password.
    init?(webLink string: String) {
        guard let url = URL(string: string), (try? Origin(of: url)) != nil else { return nil }
        self = url
    }
}

extension String {
    /// The string without leading and trailing whitespace and newlines.
    var trimmingWhitespace: String {
        // Most strings begin and end with a visible ASCII character, so two byte comparisons are enough.
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
            return self
        }
        var trimmed = self[...]
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return String(trimmed)
    }
}
