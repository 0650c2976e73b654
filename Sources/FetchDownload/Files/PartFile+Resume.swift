package import FetchCore
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension PartFile {
    /// A part that a later download can find, and what an earlier one has left in it.
    package struct Resumed: Sendable {
        package let part: PartFile
        /// The record about the bytes in the part. `nil` if the part is empty.
        package let record: ResumeRecord?
    }

    /// Opens the part of a target that an earlier download has left, or creates it.
    ///
    /// Bytes that no record describes are removed, and so are those behind the length in the record: after a power
    /// failure, they may be others than those that were written.
    ///
    /// - Parameters:
    ///   - target: The name of the target.
    ///   - folder: The folder of the target.
    ///   - maximumBytes: The maximum size of the file.
    /// - Returns: A part that isn't resumable if another download has this one locked, if something else than a file of
    ///   this user has its name, or if the file system has no locks.
    /// - Throws: `FetchError` with the code `fileNotWritten` or `storageFull`.
    package static func resuming(
        _ target: PlainFileName,
        in folder: Folder,
        maximumBytes: Int64 = .max
    ) throws(FetchError) -> Resumed {
        let name = PartName.resumable(for: target.text)
        guard let (descriptor, isNew) = try openLocked(name, for: target, in: folder) else {
            return Resumed(part: try PartFile(for: target, in: folder, maximumBytes: maximumBytes), record: nil)
        }
        // A record without a part is one of a file that became whole, or was removed.
        let hasRecord = (try? folder.status(of: name.record) != nil) ?? true
        let part = PartFile(
            target,
            folder,
            name,
            descriptor,
            length: 0,
            isResumable: true,
            hasRecord: hasRecord,
            maximumBytes
        )
        let record = isNew ? nil : part.usableRecord()
        if let record {
            try part.cut(to: record.length)
        } else if hasRecord || !isNew {
            try part.startOver()
        }
        return Resumed(part: part, record: record)
    }

    /// Stores a record about the bytes in the part, after writing them out to the disk.
    ///
    /// A process may end at each moment: the earlier record or the new one is there, and the bytes of both are.
    ///
    /// - Parameter record: The record. Its length is set to that of the part.
    /// - Throws: `FetchError` with the code `fileNotWritten` or `storageFull`. The part is still usable. A part that
    ///   isn't resumable has no record, and nothing happens.
    package func store(_ record: ResumeRecord) throws(FetchError) {
        guard isResumable, length > 0 else { return }
        var record = record
        record.length = length
        try synchronize()
        let newName = name.newRecord
        noteRecord()
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        let descriptor = SystemCalls.open(newName, in: folder.descriptor, flags, mode: 0o600)
        guard descriptor >= 0 else { throw error(errno, "recorded") }
        let bytes = record.stored
        let written = bytes.withUnsafeBytes { bytes in
            SystemCalls.repeating { pwrite(descriptor, bytes.baseAddress, bytes.count, 0) }
        }
        let number = written == bytes.count ? 0 : written < 0 ? errno : ENOSPC
        closeDescriptor(descriptor)
        guard number == 0, renameat(folder.descriptor, newName, folder.descriptor, name.record) == 0 else {
            let failure = error(number == 0 ? errno : number, "recorded")
            folder.remove(newName)
            throw failure
        }
    }

    /// Opens and locks a part.
    ///
    /// - Returns: The descriptor, and true if the file is new. `nil` if it can't be locked.
    private static func openLocked(
        _ name: PartName,
        for target: PlainFileName,
        in folder: Folder
    ) throws(FetchError) -> (Int32, isNew: Bool)? {
        // The other holder of the lock may rename the file after it was opened here, so that another one has the name.
        for _ in 0..<8 {
            let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
            var descriptor = SystemCalls.open(name.text, in: folder.descriptor, flags, mode: 0o600)
            let isNew = descriptor >= 0
            if !isNew {
                guard errno == EEXIST else { throw .file(errno, "created", target.text, in: folder.path) }
                descriptor = SystemCalls.open(name.text, in: folder.descriptor, O_RDWR | O_NOFOLLOW | O_NONBLOCK)
                if descriptor < 0, errno == ENOENT { continue }
            }
            guard descriptor >= 0 else { return nil }
            guard isOwn(descriptor), lock(descriptor) else {
                // Where files can't be locked, the one that was created here would never be used.
                if isNew, errno != EWOULDBLOCK { folder.remove(name.text) }
                closeDescriptor(descriptor)
                return nil
            }
            let identity = FileStatus.ofDescriptor(descriptor)?.identity
            if try folder.status(of: name.text)?.identity == identity { return (descriptor, isNew) }
            closeDescriptor(descriptor)
        }
        return nil
    }

    /// Returns false with `errno` set if the file can't be locked, which is `EWOULDBLOCK` if another download has it
    /// locked.
    private static func lock(_ descriptor: Int32) -> Bool {
        errno = 0
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Returns true for a regular file of this user with a single name.
    private static func isOwn(_ descriptor: Int32) -> Bool {
        guard let status = FileStatus.ofDescriptor(descriptor) else { return false }
        return status.kind == .file && status.links == 1 && status.owner == geteuid()
    }

    /// Returns the record beside the part if it describes bytes that are there.
    private func usableRecord() -> ResumeRecord? {
        let descriptor = SystemCalls.open(name.record, in: folder.descriptor, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { closeDescriptor(descriptor) }
        guard Self.isOwn(descriptor), let status = FileStatus.ofDescriptor(descriptor),
            status.size <= Int64(ResumeRecord.maximumSize)
        else { return nil }
        let bytes = FileBytes(
            descriptor: descriptor,
            length: UInt64(status.size),
            name: name.record,
            folder: folder.path
        )
        guard let content = try? bytes.all(), let record = ResumeRecord(stored: content),
            let size = try? folder.status(of: name.text)?.size, record.length <= size, record.length <= maximumBytes
        else { return nil }
        return record
    }
}
