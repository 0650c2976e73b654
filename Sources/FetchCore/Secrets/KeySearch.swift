/// A search for keys in bytes, and their replacement.
struct KeySearch: Sendable {
    /// The length in bytes of the shortest key. An encoded key is never shorter than the key.
    let minimumLength: Int

    private let matchers: [EscapedKeyMatcher]
    private let prefixFilter: KeyPrefixFilter
    /// The keys that could be the name of a member or a header field.
    private let names: Set<[UInt8]>

    /// Prepares the search for keys of at least two bytes.
    init(for keys: [String]) {
        matchers = keys.map { EscapedKeyMatcher(of: $0) }
        prefixFilter = KeyPrefixFilter(of: keys)
        minimumLength = keys.map(\.utf8.count).min() ?? .max
        names = Set(keys.map { Array($0.utf8) }.filter(Self.couldBeName))
    }

    /// The length in bytes of the longest key that could be a name, longer than most names of members. Keys of services
    /// are longer, and have digits.
    private static let longestName = 20

    private static func couldBeName(_ key: [UInt8]) -> Bool {
        key.count <= longestName && key.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        ASCII.isLowercaseLetter(ASCII.lowercased(byte)) || byte == UInt8(ascii: "_")
    }

    /// Returns true if a key that could be a name equals the text: `location` doesn't change the field `Location`.
    func isName(_ text: String) -> Bool { !names.isEmpty && names.contains(Array(text.utf8)) }

    /// Returns the bytes with every key replaced, or `nil` if they contain none.
    func replacing(in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        replacing(in: bytes) { end(in: bytes, from: $0) }
    }

    /// Returns the bytes with every key replaced whose end is found, or `nil` if there is none.
    private func replacing(in bytes: UnsafeRawBufferPointer, end: (_ start: Int) -> Int?) -> [UInt8]? {
        guard bytes.count >= minimumLength else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while let start = prefixFilter.first(in: bytes, from: index) {
            guard let end = end(start) else {
                index = start + 1
                continue
            }
            result += bytes[copied..<start]
            result += KeyRedaction.mark.utf8
            (index, copied) = (end, end)
        }
        guard copied > 0 else { return nil }
        result += bytes[copied...]
        return result
    }

    /// Returns the end of the keys that begin at `start` or overlap each other from there on, or `nil` if none does.
    ///
    /// A key may be the beginning of another one, or end with the beginning of another one. Nothing of either stays.
    private func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard var end = longestMatch(in: bytes, from: start) else { return nil }
        guard matchers.count > 1 else { return end }
        var index = start + 1
        while let next = prefixFilter.first(in: bytes, from: index), next < end {
            if let other = longestMatch(in: bytes, from: next) { end = max(end, other) }
            index = next + 1
        }
        return end
    }

    private func longestMatch(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var longest: Int?
        for matcher in matchers {
            if let end = matcher.end(in: bytes, from: start) { longest = max(longest ?? end, end) }
        }
        return longest
    }
}

// JSON.
extension KeySearch {
    /// Returns a JSON document with every key in its strings replaced, or `nil` if they contain none.
    ///
    /// The structure of the document stays: a key is replaced only within a string, in whole characters, and not if it
    /// is a name such as `output` and the entire name of a member.
    func replacing(in bytes: UnsafeRawBufferPointer, _ strings: JSONStrings) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        for string in strings {
            let content = UnsafeRawBufferPointer(rebasing: bytes[string.content])
            if string.isName, !names.isEmpty, names.contains(Array(content)) { continue }
            guard let clean = replacing(inString: content) else { continue }
            result += bytes[copied..<string.content.lowerBound]
            result += clean
            copied = string.content.upperBound
        }
        guard copied > 0 else { return nil }
        result += bytes[copied...]
        return result
    }

    /// Returns the content of a JSON string with every key replaced, or `nil` if it contains none.
    private func replacing(inString bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var characters = JSONCharacters(bytes)
        return replacing(in: bytes) { start in
            // `\nothing` doesn't contain the key `nothing`.
            guard characters.begin(at: start), let end = end(in: bytes, from: start) else { return nil }
            return characters.wouldBegin(at: end) ? end : nil
        }
    }
}
