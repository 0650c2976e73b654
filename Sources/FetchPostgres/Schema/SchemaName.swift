import FetchJobs

/// The name of the schema that contains the tables of a store.
struct SchemaName: Sendable, Hashable {
    /// The name in quotation marks, as it stands in statements.
    let name: String

    /// The name itself.
    let text: String

    /// Checks a name.
    ///
    /// - Throws: `JobStoreError` with the code `unusable` unless the name consists of 1 to 48 letters from a to z, digits
    ///   and underscores, begins with a letter, and doesn't begin with `pg_`.
    init(_ text: String) throws(JobStoreError) {
        let isName = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard isName, (1...48).contains(text.utf8.count), text.utf8.first.map({ $0 > 96 }) ?? false,
            !text.hasPrefix("pg_")
        else {
            throw JobStoreError(
                .unusable,
                "the name of the schema is malformed",
                remedy: "Use 1 to 48 letters from a to z, digits and underscores, such as fetchkit."
            )
        }
        self.text = text
        name = "\"\(text)\""
    }
}

extension SQL.StringInterpolation {
    mutating func appendInterpolation(_ schema: SchemaName) { appendLiteral(schema.name) }
}
