/// The limits on the parts of a manifest. They are far above the needs of any provider, and bound the time to read a
/// manifest and to decode a response with it.
enum ManifestLimits {
    /// The maximum number of entries in an array or object of the format, such as domains or status values.
    static let entries = 128

    /// The maximum size of a string in bytes.
    static let stringSize = 4_096

    /// The maximum size in bytes of a status value in a response. A longer string is prose and not a status.
    static let statusSize = 65_536
}
