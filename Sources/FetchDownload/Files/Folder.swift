package import FetchCore
import Synchronization
import SystemLibrary

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An open folder. Files are created, renamed and removed in it by name, even if the folder is moved meanwhile.
///
/// All functions block the thread; see ``FileThreads``. They may be called from any thread.
package final class Folder: Sendable {
    /// The URL of the folder.
    package let url: URL
    /// The path, for messages.
    let path: String
    let descriptor: Int32
    private let identity: FileStatus.Identity?
    private let knownMode = Mutex<UInt32?>(nil)
    /// The URL up to the names of its files. `nil` if it has a query, a fragment or a base.
    private let prefix: String?

    /// Opens a folder.
    ///
    /// - Parameter url: A file URL. Links in it are followed.
    /// - Throws: `FetchError` with the code `fileNotWritten` if it doesn't exist, isn't a folder or can't be opened.
    package init(_ url: URL) throws(FetchError) {
        self.url = url
        prefix = Self.prefix(of: url)
        path = url.path(percentEncoded: false)
        guard url.isFileURL, !path.utf8.contains(0) else {
            throw FetchError(.fileNotWritten, "\(Excerpt(url.scheme ?? "")) isn't the scheme of a folder")
        }
        let path = path
        descriptor = SystemCalls.open(path, in: AT_FDCWD, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { throw .file(errno, "opened as a folder", nil, in: path) }
        identity = FileStatus.ofDescriptor(descriptor)?.identity
    }

    deinit { closeDescriptor(descriptor) }

    /// True if the URL still leads to this folder, which may have been moved or removed.
    var isCurrent: Bool {
        var status = stat()
        return stat(path, &status) == 0 && FileStatus(status).identity == identity
    }

    private static func prefix(of url: URL) -> String? {
        guard url.baseURL == nil else { return nil }
        let text = url.absoluteString
        guard !text.utf8.contains(where: { "?#".utf8.contains($0) }) else { return nil }
        return text.hasSuffix("/") ? text : text + "/"
    }

    /// Returns the URL of a file in the folder.
    func url(of name: PlainFileName) -> URL {
        // Where nothing has to be escaped, this is faster, which shows with thousands of small files.
        let isUnescaped = name.text.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || "-._".utf8.contains($0) }
        if isUnescaped, let prefix, let url = URL(string: prefix + name.text) { return url }
        return url.appending(path: name.text)
    }

    /// Returns the status of a file, `nil` if there is none. A link isn't followed.
    package func status(of name: String) throws(FetchError) -> FileStatus? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw .file(errno, "looked up", name, in: path) }
            return nil
        }
        return FileStatus(status)
    }

    /// The number of bytes that can be written to the volume; `nil` if it isn't known.
    package var availableBytes: Int64? {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { return nil }
        let (bytes, hasOverflowed) = Int64(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        return hasOverflowed ? nil : bytes
    }

    /// Checks that there is space for a file.
    ///
    /// - Throws: `FetchError` with the code `storageFull`.
    package func requireSpace(for bytes: Int64) throws(FetchError) {
        guard let availableBytes, availableBytes < bytes else { return }
        throw FetchError(
            .storageFull,
            "the file has \(bytes) bytes, and the volume of \(Excerpt(path, maxLength: 200)) has \(availableBytes) left",
            remedy: "Free some space, or save to another volume."
        )
    }

    /// The permissions of a new file in this folder: read and write for those that the process's umask and the folder's
    /// access control list permit.
    ///
    /// They are found by creating an empty file, since the umask can't be read without setting it.
    func newFileMode() throws(FetchError) -> UInt32 {
        if let mode = knownMode.withLock({ $0 }) { return mode }
        let name = PartName.random(for: "mode").text
        let probe = SystemCalls.open(name, in: descriptor, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o666)
        guard probe >= 0 else { throw .file(errno, "created", name, in: path) }
        defer {
            closeDescriptor(probe)
            remove(name)
        }
        guard let status = FileStatus.ofDescriptor(probe) else { throw .file(errno, "looked up", name, in: path) }
        knownMode.withLock { $0 = status.mode }
        return status.mode
    }

    /// Removes a file if it exists.
    func remove(_ name: String) { _ = unlinkat(descriptor, name, 0) }

    /// Writes out the names of the folder, so that a renamed file has its new name after a power failure. Some file
    /// systems can't, and need not.
    func synchronize() { _ = SystemCalls.synchronize(descriptor) }

    /// The names of all files. Names that aren't UTF-8 are left out.
    func names() throws(FetchError) -> [String] {
        let copy = SystemCalls.open(".", in: descriptor, O_RDONLY | O_DIRECTORY)
        guard copy >= 0 else { throw .file(errno, "read", nil, in: path) }
        guard let stream = fdopendir(copy) else {
            closeDescriptor(copy)
            throw .file(errno, "read", nil, in: path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
