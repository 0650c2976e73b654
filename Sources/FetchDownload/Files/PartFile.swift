package import FetchCore
import Synchronization
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file that a download writes to, beside its target, until it is whole.
///
/// It ends in one of three ways: ``commit(to:as:durable:)`` gives it the name of the target, ``discard()`` removes it,
/// and ``leave()`` leaves it for a later download. A part that is released without one of them is left if it is
/// resumable, and removed otherwise. If writing fails, it is removed.
///
/// Only its owner can read it until it is whole. It is locked, so that neither another process nor another download of
/// this one writes to it. All functions block the thread; see ``FileThreads``.
package final class PartFile: Sendable {
    /// The name of the target, which may get another one when its content is known.
    package let target: PlainFileName
    /// The folder of the target and the part.
    package let folder: Folder
    /// True if a later download finds the part by the name of its target.
    package let isResumable: Bool
    let name: PartName
    let maximumBytes: Int64
    private let state: Mutex<State>

    struct State {
        /// `nil` after the end.
        var descriptor: Int32?
        var length: Int64
        /// True if there may be a record beside the part.
        var hasRecord: Bool
    }

    /// Creates a part that no other download finds.
    ///
    /// - Parameters:
    ///   - target: The name of the target.
    ///   - folder: The folder of the target.
    ///   - maximumBytes: The maximum size of the file.
    /// - Throws: `FetchError` with the code `fileNotWritten` or `storageFull`.
    package convenience init(
        for target: PlainFileName,
        in folder: Folder,
        maximumBytes: Int64 = .max
    ) throws(FetchError) {
        let name = PartName.random(for: target.text)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
        let descriptor = SystemCalls.open(name.text, in: folder.descriptor, flags, mode: 0o600)
        guard descriptor >= 0 else { throw .file(errno, "created", target.text, in: folder.path) }
        // Without a lock, the part may be taken for a stale one after a day.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        self.init(target, folder, name, descriptor, length: 0, isResumable: false, maximumBytes)
    }

    init(
        _ target: PlainFileName,
        _ folder: Folder,
        _ name: PartName,
        _ descriptor: Int32,
        length: Int64,
        isResumable: Bool,
        hasRecord: Bool = false,
        _ maximumBytes: Int64
    ) {
        self.target = target
        self.folder = folder
        self.name = name
        self.isResumable = isResumable
        self.maximumBytes = maximumBytes
        state = Mutex(State(descriptor: descriptor, length: length, hasRecord: hasRecord))
    }

    deinit {
        if isResumable { leave() } else { discard() }
    }

    /// The number of bytes in the part.
    package var length: Int64 { state.withLock { $0.length } }

    /// Appends bytes.
    ///
    /// - Throws: `FetchError` with the code `responseTooLarge` if the file would be larger than the limit; none of the
    ///   bytes is written then. `storageFull` or `fileNotWritten` if they can't be written. The part is removed.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FetchError) {
        let failure = state.withLock { state -> FetchError? in
            guard let descriptor = state.descriptor else { return ended }
            guard Int64(bytes.count) <= maximumBytes - state.length else {
                return .tooLarge(target, limit: maximumBytes)
            }
            var rest = bytes[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let (count, offset) = (rest.count, off_t(state.length))
                let written = SystemCalls.repeating { pwrite(descriptor, start, count, offset) }
                guard written > 0 else { return error(written == 0 ? ENOSPC : errno, "written") }
                state.length += Int64(written)
                rest = rest.dropFirst(written)
            }
            return nil
        }
        guard let failure else { return }
        discard()
        throw failure
    }

    /// Appends bytes, as ``write(_:)-(UnsafeRawBufferPointer)`` does.
    package func write(_ bytes: [UInt8]) throws(FetchError) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(FetchError) in try write(bytes) } }
        try result.get()
    }

    /// Removes all bytes, since the file on the server is another one.
    ///
    /// - Throws: `FetchError` with the code `fileNotWritten`.
    package func startOver() throws(FetchError) {
        // Without the record on disk, bytes that follow can't be taken for those that it describes.
        if removeRecord() { folder.synchronize() }
        try cut(to: 0)
    }

    /// Removes the record beside the part, and returns true if there may have been one.
    @discardableResult
    func removeRecord() -> Bool {
        let hasRecord = state.withLock { state in
            defer { state.hasRecord = false }
            return state.hasRecord
        }
        if hasRecord { folder.remove(name.record) }
        return hasRecord
    }

    /// Notes that a record is written beside the part.
    func noteRecord() { state.withLock { $0.hasRecord = true } }

    /// Removes the bytes behind a length that the file has.
    func cut(to length: Int64) throws(FetchError) {
        try withDescriptor { descriptor, state throws(FetchError) in
            guard SystemCalls.repeating({ ftruncate(descriptor, off_t(length)) }) == 0 else {
                throw error(errno, "truncated")
            }
            state.length = length
        }
    }

    /// Reads the bytes of the part.
    ///
    /// - Parameter body: Reads them. It must not use the part.
    /// - Returns: What the function returns.
    /// - Throws: The error of the function.
    package func withBytes<Value: Sendable>(
        _ body: (any RandomAccessBytes) throws(FetchError) -> Value
    ) throws(FetchError) -> Value {
        try withDescriptor { descriptor, state throws(FetchError) in
            let bytes = FileBytes(
                descriptor: descriptor,
                length: UInt64(state.length),
                name: target.text,
                folder: folder.path
            )
            return try body(bytes)
        }
    }

    /// Removes the part and its record.
    package func discard() {
        end { _, hasRecord in
            folder.remove(name.text)
            if hasRecord { folder.remove(name.record) }
        }
    }

    /// Leaves the part, and its record if there is one, for a later download.
    package func leave() { end { _, _ in } }

    /// Ends the part with an action that has the part still locked, unless it has ended.
    func end(_ action: (_ descriptor: Int32, _ hasRecord: Bool) -> Void) {
        state.withLock { state in
            guard let descriptor = state.descriptor.take() else { return }
            action(descriptor, state.hasRecord)
            // A process that is being started has a copy of the descriptor for a moment, which would keep the lock. No
            // other download looks for a part that isn't resumable.
            if isResumable { _ = flock(descriptor, LOCK_UN) }
            closeDescriptor(descriptor)
        }
    }

    /// Calls a function with the open file.
    func withDescriptor<Value: Sendable>(
        _ body: (Int32, inout State) throws(FetchError) -> Value
    ) throws(FetchError) -> Value {
        let result = state.withLock { state in
            Result { () throws(FetchError) -> Value in
                guard let descriptor = state.descriptor else { throw ended }
                return try body(descriptor, &state)
            }
        }
        return try result.get()
    }

    func error(_ number: Int32, _ action: String) -> FetchError { .file(number, action, target.text, in: folder.path) }

    private var ended: FetchError {
        FetchError(.fileNotWritten, "the part of \(Excerpt(target.text, maxLength: 200)) has been closed")
    }
}
