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
    /// The file that a part has become.
    package struct Committed: Sendable, Hashable {
        /// The name, which may have a number.
        package let name: PlainFileName
        /// The size in bytes.
        package let bytes: Int64
        /// True if a file with the same bytes was there already and has been kept.
        package let wasThere: Bool
    }

    /// The number of names that ``ExistingFile/number`` tries.
    private static let maximumNumber = 10_000

    /// Gives the part its name, which is then that of a whole file.
    ///
    /// - Parameters:
    ///   - name: The name. Defaults to `nil`: that of its target.
    ///   - rule: The action if the target exists.
    ///   - durable: True to write the bytes and the name out to the disk, so that the file is whole after a power
    ///     failure, too. If false, the operating system does that later, and a file may then have lost bytes.
    /// - Returns: The name and size of the file.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten` or `storageFull`. The part is removed.
    package func commit(
        to name: PlainFileName? = nil,
        as rule: ExistingFile,
        durable: Bool = true
    ) throws(FetchError) -> Committed {
        do throws(FetchError) {
            try prepareToCommit()
            if durable { try synchronize() }
            let committed = try rename(to: name ?? target, as: rule)
            if committed.wasThere {
                discard()
            } else {
                // A process that ends here leaves a record without a part, which is ignored.
                removeRecord()
                leave()
            }
            if durable { folder.synchronize() }
            return committed
        } catch {
            discard()
            throw error
        }
    }

    private func rename(to target: PlainFileName, as rule: ExistingFile) throws(FetchError) -> Committed {
        switch rule {
        case .fail:
            guard try renameExclusively(to: target) else {
                throw .fileExists(target, as: try folder.status(of: target.text)?.kind, in: folder.path)
            }
        case .number:
            for number in 1...Self.maximumNumber {
                let candidate = number == 1 ? target : target.numbered(number)
                if try renameExclusively(to: candidate) { return committed(candidate) }
            }
            throw .fileExists(target.numbered(Self.maximumNumber), as: nil, in: folder.path)
        case .replace:
            let kind = try folder.status(of: target.text)?.kind
            guard kind == nil || kind == .file else { throw .fileExists(target, as: kind, in: folder.path) }
            guard renameat(folder.descriptor, name.text, folder.descriptor, target.text) == 0 else {
                throw error(errno, "renamed")
            }
        case .keepIfSame:
            guard try !renameExclusively(to: target) else { break }
            guard try isSame(as: target) else {
                throw .fileExists(target, as: try folder.status(of: target.text)?.kind, in: folder.path)
            }
            return committed(target, wasThere: true)
        }
        return committed(target)
    }

    private func committed(_ name: PlainFileName, wasThere: Bool = false) -> Committed {
        Committed(name: name, bytes: length, wasThere: wasThere)
    }

    /// Renames the part, or returns false if the name is taken.
    private func renameExclusively(to newName: PlainFileName) throws(FetchError) -> Bool {
        let number = ExclusiveRename.rename(name.text, to: newName.text, in: folder)
        guard number == 0 || number == EEXIST else { throw error(number, "renamed") }
        return number == 0
    }

    /// Returns true if the target is a regular file with the bytes of the part.
    private func isSame(as target: PlainFileName) throws(FetchError) -> Bool {
        // Opening a pipe would wait for its other end.
        let descriptor = SystemCalls.open(target.text, in: folder.descriptor, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { closeDescriptor(descriptor) }
        guard let status = FileStatus.ofDescriptor(descriptor), status.kind == .file else { return false }
        let present = FileBytes(
            descriptor: descriptor,
            length: UInt64(status.size),
            name: target.text,
            folder: folder.path
        )
        return try withBytes { part throws(FetchError) in try present.equals(part) }
    }

    /// Writes the bytes out to the disk.
    func synchronize() throws(FetchError) {
        try withDescriptor { descriptor, _ throws(FetchError) in
            guard SystemCalls.synchronize(descriptor) == 0 else { throw error(errno, "written to its disk") }
        }
    }

    /// Gives the file the permissions of a new one, and checks that the part's name is still that of this file.
    private func prepareToCommit() throws(FetchError) {
        let mode = try folder.newFileMode()
        try withDescriptor { descriptor, _ throws(FetchError) in
            guard fchmod(descriptor, mode_t(mode)) == 0 else { throw error(errno, "given its permissions") }
            guard let identity = FileStatus.ofDescriptor(descriptor)?.identity,
                try folder.status(of: name.text)?.identity == identity
            else {
                throw FetchError(
                    .fileNotWritten,
                    "the part of \(Excerpt(target.text, maxLength: 200)) was removed or replaced while it was written",
                    isRetryable: true
                )
            }
        }
    }
}
