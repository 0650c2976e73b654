import Foundation

/// A file with the index of the current input, to identify the input that crashes a process.
package struct ProgressFile: Sendable {
    private let descriptor: Int32

    /// Opens a file for writing. Fails if it can't be opened.
    package init?(writing path: String) {
        descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        guard descriptor >= 0 else { return nil }
    }

    /// Writes the index of the next input. The kernel keeps the data even if the process crashes.
    package func record(_ index: UInt64) {
        _ = withUnsafeBytes(of: index.littleEndian) { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Returns the last index in a file; `nil` if there is none.
    package static func lastIndex(in path: String) -> UInt64? {
        guard let data = FileManager.default.contents(atPath: path), data.count == 8 else { return nil }
        return data.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
