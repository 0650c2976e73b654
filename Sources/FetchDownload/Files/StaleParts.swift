package import FetchCore
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

/// The parts and records that downloads have left in a folder.
package enum StaleParts {
    /// Removes parts and records that haven't changed for some time. A part that a download is writing is kept.
    ///
    /// It blocks the thread; see ``FileThreads``.
    ///
    /// - Parameters:
    ///   - folder: The folder. Folders in it aren't searched.
    ///   - date: The date of the last change before which a part is stale.
    /// - Returns: The number of files that were removed.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the folder can't be read.
    @discardableResult
    package static func remove(in folder: Folder, unchangedSince date: Date) throws(FetchError) -> Int {
        var count = 0
        for name in try folder.names() where PartName.matches(name) {
            guard let status = try? folder.status(of: name), status.kind == .file, status.owner == geteuid(),
                status.modificationDate < date
            else { continue }
            // A download locks its part, and not the record beside it.
            let part = PartName.part(ofRecord: name).flatMap { part in
                (try? folder.status(of: part)).map { (name: part, identity: $0.identity) }
            }
            let (locked, identity) = part ?? (name, status.identity)
            if remove(name, locking: locked, identity, in: folder) { count += 1 }
        }
        return count
    }

    /// Removes a file while another one, or itself, is locked; false if a download has that locked.
    private static func remove(
        _ name: String,
        locking lockedName: String,
        _ identity: FileStatus.Identity,
        in folder: Folder
    ) -> Bool {
        let descriptor = SystemCalls.open(lockedName, in: folder.descriptor, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { closeDescriptor(descriptor) }
        guard FileStatus.ofDescriptor(descriptor)?.identity == identity,
            flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return false }
        // A download that opened the part before it was locked here finds that its name is gone, and creates another.
        folder.remove(name)
        return true
    }
}
