import Foundation

/// A file that holds the index of the input that is being taken, so that one that ends the process can be named.
package struct Journal: Sendable {
    private let descriptor: Int32

    /// Opens a journal for writing, or nil where it can't be.
    package init?(writing path: String) {
        descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        guard descriptor >= 0 else { return nil }
    }

    /// Notes the index of the next input. What the process wrote is in the file even when it dies.
    package func note(_ index: UInt64) {
        _ = withUnsafeBytes(of: index.littleEndian) { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// The last index that another process noted, or nil where it noted none.
    package static func lastIndex(in path: String) -> UInt64? {
        guard let data = FileManager.default.contents(atPath: path), data.count == 8 else { return nil }
        return data.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
