#if canImport(FoundationEssentials)
#else
    import Foundation
#endif

/// The characters of file names.
enum FileNameCharacters {
    /// Returns the string with characters replaced or removed that a plain file name doesn't contain.
    static func mapped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let replacement = replacement(for: scalar) { result.append(replacement) }
        }
        return String(result)
    }

    /// Returns the string in normalization form C.
    static func composed(_ text: String) -> String {
        #if canImport(FoundationEssentials)
            // FoundationEssentials has no normalization, and Foundation would link ICU into every server.
            String(decoding: text._nfcCodeUnits, as: UTF8.self)
        #else
            text.precomposedStringWithCanonicalMapping
        #endif
    }

    /// Returns the string without dots and spaces at both ends.
    static func trimmed(_ text: String) -> String {
        func isTrimmed(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == " " }
        let start = text.unicodeScalars.drop(while: isTrimmed)
        let length = start.reversed().drop(while: isTrimmed).count
        return String(Substring(start.prefix(length)))
    }

    /// Returns a form of the name that is the same for names that a file system may take for one: it ignores case,
    /// normalization and characters without a visible form. Compare such forms as strings.
    static func folded(_ text: String) -> String {
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
            visible.append(scalar)
        }
        // Uppercase first: it expands ß, and maps ς and ſ to the letters whose lowercase forms are σ and s.
        return composed(String(visible).uppercased().lowercased())
    }

    /// Returns the character itself, its replacement, or `nil` if it is dropped.
    private static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII {
            if scalar.value < 0x20 || scalar.value == 0x7F { return nil }
            return #"/\:*?"<>|"#.unicodeScalars.contains(scalar) ? "_" : scalar
        }
        if blanksAndSeparators.contains(scalar) { return "_" }
        switch scalar.properties.generalCategory {
        case .control, .surrogate: return nil
        // Joiners are part of emoji and of words in several scripts. The other format characters, which include the
        // bidirectional controls, have no place in a name.
        case .format: return scalar == "\u{200C}" || scalar == "\u{200D}" ? scalar : nil
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
        // The case and the normalization of a character that isn't assigned yet may change.
        case .privateUse, .unassigned: return "_"
        default: return scalar == "\u{34F}" || scalar == "\u{17B4}" || scalar == "\u{17B5}" ? nil : scalar
        }
    }

    /// Characters that look like a separator, and letters and symbols that look like a space.
    private static let blanksAndSeparators: Set<Unicode.Scalar> = [
        "\u{2044}", "\u{2215}", "\u{2216}", "\u{29F5}", "\u{29F8}", "\u{29F9}", "\u{FE68}", "\u{FF0F}", "\u{FF3C}",
        "\u{FF1A}", "\u{A789}", "\u{2236}",
        "\u{115F}", "\u{1160}", "\u{2800}", "\u{3164}", "\u{FFA0}", "\u{FFFD}",
    ]
}
