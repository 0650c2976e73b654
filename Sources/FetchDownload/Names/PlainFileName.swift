package import FetchCore

/// A file name that is harmless on each file system: a single path component without hidden meaning.
///
/// It isn't empty and has at most 200 bytes of UTF-8 in normalization form C. It contains no separator, no control or
/// bidirectional control character and none of `:*?"<>|`. It doesn't begin with a dot, a hyphen or a tilde, nor end
/// with a dot or a space, and isn't the name of a device of Windows.
package struct PlainFileName: Sendable, Hashable, CustomStringConvertible {
    /// The maximum length in bytes of UTF-8. File systems allow 255 at most, and the name of a part is longer.
    package static let maximumLength = 200

    /// The name.
    package let text: String

    /// The name without its number. `nil` if ``numbered(_:)`` hasn't added one.
    private let unnumbered: String?

    /// Creates the name that is closest to a string from outside.
    ///
    /// Of a path, the last component counts, with separators of both kinds. A doubled extension of a known kind, as in
    /// `face.png.png`, is reduced to one. The result is `nil` if nothing remains.
    ///
    /// - Parameter text: Any string. Of its last component, only the first 4,096 bytes that remain count.
    package init?(reducing text: String) {
        guard let reduced = Self.reduced(text) else { return nil }
        let single = FileExtension.withoutRepetition(reduced)
        self.text = Self.limited(single)
        unnumbered = nil
    }

    /// Creates a name that the caller has chosen.
    ///
    /// - Throws: `FetchError` with the code `fileNotWritten` if it isn't a plain name.
    package init(checking text: String) throws(FetchError) {
        let reduced = Self.reduced(text).map(Self.limited)
        // Strings are equal if they are canonically equivalent, so a decomposed name is accepted.
        guard let reduced, reduced == text else {
            throw FetchError(
                .fileNotWritten,
                "\(Excerpt(text, maxLength: 80)) can't be the name of a file",
                remedy: reduced.map { "Use a plain name, such as \(Excerpt($0, maxLength: 80))." }
                    ?? "Use a plain name with an extension, such as “face.mp4”."
            )
        }
        self.text = reduced
        unnumbered = nil
    }

    private init(limiting text: String, unnumbered: String?) {
        self.text = Self.limited(text)
        self.unnumbered = unnumbered
    }

    package static func == (one: Self, other: Self) -> Bool { one.text == other.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    package var description: String { text }

    /// The name up to its extension.
    package var stem: String { FileExtension.split(text).stem }

    /// The extension with its dot. Empty if there is none.
    package var suffix: String { FileExtension.split(text).suffix }

    /// Returns the name with a number, as in `face-2.png`, in place of one that this function has added before. A long
    /// name is cut so that the number fits.
    package func numbered(_ number: Int) -> Self {
        let name = unnumbered ?? text
        let (stem, suffix) = FileExtension.split(name)
        let addition = "-\(number)"
        let room = Self.maximumLength - suffix.utf8.count - addition.utf8.count
        return Self(limiting: Self.prefix(of: stem, bytes: room) + addition + suffix, unnumbered: name)
    }

    /// Returns the name with another extension in addition.
    func appending(extension fileExtension: String) -> Self {
        Self(limiting: "\(text).\(fileExtension)", unnumbered: unnumbered.map { "\($0).\(fileExtension)" })
    }

    /// Returns the last component of a path, with forbidden characters replaced. `nil` if nothing remains.
    private static func reduced(_ text: String) -> String? {
        if isPlain(text) { return DeviceNames.contain(text) ? "_" + text : text }
        let components = text.unicodeScalars.split { $0 == "/" || $0 == "\\" }
        guard let last = components.last else { return nil }
        // Characters that were dropped or replaced may have separated others that compose, and some characters of
        // ASCII have a canonical equivalent outside of it.
        var name = prefix(of: FileNameCharacters.mapped(String(Substring(last))), bytes: 4_096)
        name = FileNameCharacters.mapped(FileNameCharacters.composed(name))
        name = FileNameCharacters.trimmed(name)
        guard !name.isEmpty else { return nil }
        if let first = name.unicodeScalars.first, first == "-" || first == "~" {
            name = "_" + String(Substring(name.unicodeScalars.dropFirst()))
        }
        return DeviceNames.contain(name) ? "_" + name : name
    }

    /// Returns true for letters, digits, dots, hyphens and underscores of ASCII, with none but a letter, a digit or an
    /// underscore at both ends. Most names are of this kind, and the other steps would leave them as they are.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= maximumLength else { return false }
        let isEnd = { (byte: UInt8) in ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "_") }
        return isEnd(first) && isEnd(last) && bytes.allSatisfy { isEnd($0) || "-.".utf8.contains($0) }
    }

    /// Returns the name, cut to the maximum length in front of its extension.
    private static func limited(_ name: String) -> String {
        guard name.utf8.count > maximumLength else { return name }
        let (stem, suffix) = FileExtension.split(name)
        let cut = FileNameCharacters.trimmed(prefix(of: stem, bytes: maximumLength - suffix.utf8.count)) + suffix
        return FileExtension.withoutRepetition(cut)
    }

    /// Returns the longest beginning of whole characters, or of whole scalars if the first character is too long.
    static func prefix(of text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var length = 0
        let characters = text.prefix { character in
            length += character.utf8.count
            return length <= bytes
        }
        if !characters.isEmpty { return String(characters) }
        length = 0
        return String(
            Substring(
                text.unicodeScalars.prefix { scalar in
                    length += UTF8.width(scalar)
                    return length <= bytes
                }
            )
        )
    }
}
