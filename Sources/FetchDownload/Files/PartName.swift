import FetchCore

/// The name of a file that isn't whole yet, or of the record beside it.
///
/// Names begin with a dot, which no target's does, and have 16 hexadecimal digits, so that they are no other program's.
package struct PartName: Sendable, Hashable {
    private static let (suffix, recordSuffix) = (".part", ".part.json")

    package let text: String

    private init(_ name: String, digits: String) { text = ".\(name).\(digits)\(Self.suffix)" }

    /// A name that no other part has.
    package static func random(for name: String) -> Self { Self(name, digits: randomDigits()) }

    /// The name that each download of the target tries first, so that a later one can go on with the part.
    package static func resumable(for name: String) -> Self {
        Self(name, digits: StableHash(of: name).description)
    }

    /// The name of the record beside the part.
    package var record: String { text + ".json" }

    /// A name for a record that is being written.
    var newRecord: String { "\(text.dropLast(Self.suffix.count)).\(Self.randomDigits())\(Self.recordSuffix)" }

    /// Returns the name of the part that a record with a name describes. `nil` for the name of a part.
    package static func part(ofRecord name: String) -> String? {
        name.hasSuffix(recordSuffix) ? String(name.dropLast(recordSuffix.count - suffix.count)) : nil
    }

    /// Returns true if a file's name is that of a part or of a record.
    package static func matches(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard bytes.first == UInt8(ascii: ".") else { return false }
        for suffix in [suffix, recordSuffix] where bytes.reversed().starts(with: suffix.utf8.reversed()) {
            let rest = bytes.dropLast(suffix.utf8.count)
            let digits = rest.suffix(16)
            let isDigit = { (byte: UInt8) in ASCII.isDigit(byte) || (0x61...0x66).contains(byte) }
            guard digits.count == 16, digits.allSatisfy(isDigit), rest.dropLast(16).last == UInt8(ascii: ".") else {
                continue
            }
            return rest.count > 18
        }
        return false
    }

    private static func randomDigits() -> String {
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
