/// The version of an encoded value that is stored, so that a later one is recognised instead of misread.
enum StoredVersion {
    /// Reads the version of a value. A value without one is of the first version.
    ///
    /// - Parameters:
    ///   - container: The members of the value.
    ///   - key: The member with the version.
    ///   - current: The latest version that can be read.
    ///   - name: The name of the value for the message, with its article.
    /// - Throws: `DecodingError` if the version is later.
    static func check<Key>(
        in container: KeyedDecodingContainer<Key>,
        forKey key: Key,
        atMost current: Int,
        of name: String
    ) throws {
        let version = try container.decodeIfPresent(Int.self, forKey: key) ?? 1
        guard version > current else { return }
        throw DecodingError.dataCorruptedError(
            forKey: key,
            in: container,
            debugDescription: """
                version \(version) of \(name) was written by a later version of FetchKit; this one reads versions up to \
                \(current)
                """
        )
    }
}
