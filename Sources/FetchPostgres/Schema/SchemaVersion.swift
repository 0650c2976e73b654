import FetchJobs

/// The version of the tables of a store.
struct SchemaVersion {
    /// The number of the last change; zero if there are no tables.
    var number = 0

    /// The version of the library that is needed at least.
    var earliestLibrary = 0

    /// Throws if a version of the library can't use the tables.
    func check(libraryVersion: Int) throws(JobStoreError) {
        guard earliestLibrary > libraryVersion else { return }
        throw JobStoreError(
            .unusable,
            "the tables of the store have the version \(number), which needs a later version of this program",
            remedy: "Update this program. It knows the versions up to \(libraryVersion)."
        )
    }

    init(of schema: PostgresSchema, _ connection: PostgresConnection) throws {
        let table = "\(schema.name).schema_version"
        let exists = try connection.query("SELECT to_regclass(\(table)) IS NOT NULL")
        guard exists.first?.flag(0, 0) ?? false else { return }
        let versions = try connection.query(
            "SELECT max(version), max(earliest_library) FROM \(SQL(stringLiteral: table))"
        )
        number = versions.first?.number(0, 0).map { Int($0) } ?? 0
        earliestLibrary = versions.first?.number(0, 1).map { Int($0) } ?? 0
    }
}
