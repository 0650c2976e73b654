import Foundation

/// A lock that processes of one machine share.
enum FileLock {
    /// Runs a function while no other process holds the lock. It waits for the others, which hold it for milliseconds.
    ///
    /// - Parameters:
    ///   - file: The file of the lock, which is created if it doesn't exist, and stays.
    ///   - body: The function.
    /// - Returns: The value of the function.
    /// - Throws: An error of the file system, and what the function throws.
    static func whileLocked<Value>(_ file: URL, _ body: () throws -> Value) throws -> Value {
        let descriptor = open(file.path(percentEncoded: false), O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw CocoaError(.fileLocking) }
        return try body()
    }
}
