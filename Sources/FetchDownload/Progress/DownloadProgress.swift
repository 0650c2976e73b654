/// The progress of one download.
public struct DownloadProgress: Sendable, Hashable {
    /// The number of bytes of the file that are there.
    public var bytes: Int64
    /// The number of bytes of the whole file. `nil` if the server doesn't state it.
    public var totalBytes: Int64?
    /// The whole file. `nil` while it isn't finished.
    public var file: SavedFile?

    /// Creates a progress, for example for a preview.
    ///
    /// - Parameters:
    ///   - bytes: The number of bytes that are there.
    ///   - totalBytes: The number of bytes of the whole file. Defaults to `nil`, which means unknown.
    ///   - file: The whole file. Defaults to `nil`: it isn't finished.
    public init(bytes: Int64, totalBytes: Int64? = nil, file: SavedFile? = nil) {
        self.bytes = bytes
        self.totalBytes = totalBytes
        self.file = file
    }

    /// The completed fraction, from 0 to 1. `nil` if it isn't known.
    public var fraction: Double? {
        if file != nil { return 1 }
        guard let totalBytes, totalBytes > 0 else { return nil }
        return min(Double(bytes) / Double(totalBytes), 1)
    }
}
