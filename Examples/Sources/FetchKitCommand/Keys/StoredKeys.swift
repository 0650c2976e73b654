package import FetchCore
package import Foundation

/// The keys in `keys.json`, a file that only its owner can read.
package struct StoredKeys: Sendable {
    private let file: URL

    /// - Parameter folder: The folder of the file, which needn't exist.
    package init(in folder: URL) { file = folder.appending(path: "keys.json") }

    /// The path of the file.
    package var path: String { file.path(percentEncoded: false) }

    /// Reads the keys.
    ///
    /// - Returns: The keys by provider. Empty if the file doesn't exist.
    /// - Throws: ``UsageError`` if others can read the file, or if it isn't a JSON object with a string for each
    ///   provider.
    package func keys() throws -> [String: String] {
        var status = stat()
        guard lstat(path, &status) == 0 else { return [:] }
        guard status.st_mode & S_IFMT == S_IFREG else { throw UsageError("\(path) isn't a regular file.") }
        guard status.st_uid == getuid(), status.st_mode & 0o077 == 0 else {
            throw UsageError("\(path) can be read by others, so it isn't used. Run: chmod 600 \(path)")
        }
        guard let keys = try? JSONDecoder().decode([String: String].self, from: Data(contentsOf: file)) else {
            throw UsageError("\(path) isn't a JSON object with a key for each provider.")
        }
        return keys
    }

    /// Stores the key of a provider, or removes it.
    ///
    /// - Parameters:
    ///   - key: The key. `nil` to remove it.
    ///   - provider: The provider.
    /// - Returns: True if the file has changed.
    /// - Throws: ``UsageError`` if the file can't be read or written.
    @discardableResult
    package func set(_ key: String?, of provider: ProviderID) throws -> Bool {
        let folder = file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            return try FileLock.whileLocked(folder.appending(path: "keys.lock")) {
                var keys = try keys()
                guard keys[provider.rawValue] != key else { return false }
                keys[provider.rawValue] = key
                try write(keys)
                return true
            }
        } catch let error as UsageError {
            throw error
        } catch {
            throw UsageError("\(path) can't be written.")
        }
    }

    /// Replaces the file at once by one that others could never read.
    private func write(_ keys: [String: String]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let part = path + ".\(getpid()).part"
        let descriptor = open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: try encoder.encode(keys))
            try handle.close()
            guard rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            unlink(part)
            throw error
        }
    }
}
