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

/// The facts that the file system has about a file.
package struct FileStatus: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case file
        case folder
        case link
        /// A device, a socket or a pipe.
        case other
    }

    /// The identity of a file, whatever its name.
    package struct Identity: Sendable, Hashable {
        let device: UInt64
        let number: UInt64
    }

    package let kind: Kind
    package let identity: Identity
    /// The size in bytes.
    package let size: Int64
    /// The number of names.
    let links: Int
    /// The user that the file belongs to.
    let owner: UInt32
    /// The permissions.
    package let mode: UInt32
    /// The date of the last change of the content.
    package let modificationDate: Date

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            number: UInt64(truncatingIfNeeded: status.st_ino)
        )
        size = Int64(status.st_size)
        links = Int(status.st_nlink)
        owner = status.st_uid
        mode = UInt32(status.st_mode) & 0o7777
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        modificationDate = Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    /// Returns the status of an open file, or `nil` with `errno` set.
    static func ofDescriptor(_ descriptor: Int32) -> Self? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Self(status) : nil
    }
}
