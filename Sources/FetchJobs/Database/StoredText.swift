#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Values as the JSON text that databases keep.
package enum StoredText {
    /// Returns a value as JSON text with sorted keys.
    package static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Returns the value of a JSON text.
    ///
    /// - Throws: ``JobStoreError`` with ``JobStoreError/Code/unusable`` if the text isn't that of such a value. It
    ///   doesn't contain the text.
    package static func decode<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw JobStoreError(
                .unusable,
                "the store contains a value that this version can't read as \(type)",
                remedy: "Update this program if a later version wrote to the store."
            )
        }
    }
}
