import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The file of one download, from its first byte to its name.
///
/// Functions that touch the disk block the thread; see ``FileThreads``. They are called one after the other.
final class ReceivedFile: Sendable {
    /// The result of writing bytes that a server has sent.
    enum Written: Sendable {
        /// The bytes are in the part.
        case appended
        /// The bytes at the beginning of the range aren't those that are there: the server has another file now.
        case changed
    }

    private struct State {
        var part: PartFile?
        /// The version of the file that the part belongs to, and its length. `nil` without a strong validator.
        var record: ResumeRecord?
        var expected: ResponseDecision.ExpectedBody?
        /// The format that the first bytes show.
        var format: FileFormat?
        /// The position in the file of the next byte that the server sends.
        var position: Int64 = 0
        var wasResumed = false
        var headers = HeaderFields()
    }

    private let target: FileTarget
    private let state = Mutex(State())

    init(_ target: FileTarget) { self.target = target }

    /// The number of bytes that are there.
    var length: Int64 { state.withLock { $0.part?.length ?? 0 } }

    /// The length of the whole file, if it is known.
    var total: Int64? { state.withLock { $0.expected?.total ?? $0.record?.total } }

    /// Opens the part that an earlier download has left, if the name is known before the response and there is one.
    func resume(_ link: URL) throws(FetchError) {
        guard target.configuration.keepsParts else { return }
        let name = try target.name(format: nil, link: link)
        guard try target.folder.status(of: PartName.resumable(for: name.text).text) != nil else { return }
        let resumed = try PartFile.resuming(name, in: target.folder, maximumBytes: target.configuration.maximumBytes)
        state.withLock { state in
            (state.part, state.record, state.wasResumed) = (resumed.part, resumed.record, resumed.record != nil)
        }
    }

    /// Returns the range to ask for; `nil` for the whole file. It begins before the end of what is there, so that both
    /// can be compared.
    func range(from link: URL) -> RequestedRange? {
        state.withLock { state in
            guard let part = state.part, var record = state.record else { return nil }
            record.length = part.length
            guard let range = record.range(from: link) else { return nil }
            let overlap = min(Self.comparedBytes, range.start / 2)
            return RequestedRange(start: range.start - overlap, total: range.total, validator: range.validator)
        }
    }

    /// The number of bytes at the end of a part that are asked for again and compared.
    private static let comparedBytes: Int64 = 64 << 10

    /// Prepares for the body of a response.
    ///
    /// - Parameters:
    ///   - body: The facts that the response states about the file.
    ///   - position: The position of its first byte in the file. Zero starts the file over.
    ///   - link: The URL of the file.
    ///   - headers: The header fields of the response.
    func expect(_ body: ResponseDecision.ExpectedBody, at position: Int64, from link: URL, _ headers: HeaderFields) {
        state.withLock { state in
            state.expected = body
            state.position = position
            state.headers = headers
            if position == 0 {
                (state.format, state.wasResumed) = (body.format, false)
                state.record = body.validator.map {
                    ResumeRecord(length: 0, total: body.total, validator: $0, link: link)
                }
            }
        }
    }

    /// Writes bytes of the body.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that follow those before.
    ///   - link: The URL of the file.
    /// - Returns: If they fit to the bytes that are there.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten`, `storageFull` or `responseTooLarge`.
    func write(_ bytes: [UInt8], from link: URL) throws(FetchError) -> Written {
        let part = try part(for: link)
        let position = state.withLock { $0.position }
        let known = Int(min(max(part.length - position, 0), Int64(bytes.count)))
        if known > 0 {
            let isEqual = try part.withBytes { stored throws(FetchError) in
                var buffer = [UInt8](repeating: 0, count: known)
                return try buffer.fill(from: stored, at: UInt64(position)) == known
                    && buffer.elementsEqual(bytes.prefix(known))
            }
            guard isEqual else { return .changed }
        }
        if known < bytes.count { try part.write(known == 0 ? bytes : Array(bytes[known...])) }
        state.withLock { $0.position += Int64(bytes.count) }
        return .appended
    }

    /// Removes the bytes that are there, since they belong to another file.
    func startOver() throws(FetchError) {
        let part = state.withLock { state in
            (state.record, state.expected, state.wasResumed, state.position) = (nil, nil, false, 0)
            return state.part
        }
        try part?.startOver()
    }

    /// Stores what a later download has to know, if it can go on with the part.
    func storeRecord() {
        let (part, record) = state.withLock { ($0.part, $0.record) }
        // Without a record, the next download starts over.
        if let part, let record { try? part.store(record) }
    }

    /// Leaves the part for a later download, or removes it.
    func abandon() {
        let (part, record) = state.withLock { state in (state.part.take(), state.record) }
        guard let part else { return }
        if target.configuration.keepsParts, part.isResumable, let record, part.length > 0 {
            try? part.store(record)
            part.leave()
        } else {
            part.discard()
        }
    }
}

extension ReceivedFile {
    /// Checks that the file is whole, and gives it its name.
    ///
    /// - Parameter link: The URL of the file.
    /// - Returns: The file.
    /// - Throws: `FetchError` with the code `incompleteOutput` if it isn't whole: nothing of it stays. Others if it
    ///   can't be written.
    func finish(from link: URL) throws(FetchError) -> SavedFile {
        let part = try part(for: link)
        let (expected, format, wasResumed, headers) = state.withLock { state in
            (state.expected, state.format, state.wasResumed, state.headers)
        }
        let proof: SavedFile.Proof
        do throws(FetchError) {
            let promised = FileFormat(mediaType: target.mediaType ?? headers["Content-Type"])
            proof = try Self.proof(of: part, expected, format, promised)
        } catch {
            if error.code == .incompleteOutput { try startOver() }
            throw error
        }
        let committed = try part.commit(
            as: target.configuration.existingFile,
            durable: target.configuration.isDurable
        )
        state.withLock { $0.part = nil }
        return SavedFile(
            url: target.folder.url.appending(path: committed.name.text),
            bytes: committed.bytes,
            proof: proof,
            mediaType: format?.mediaType ?? target.mediaType ?? headers.mediaType,
            source: link,
            wasResumed: wasResumed
        )
    }

    private static func proof(
        of part: PartFile,
        _ expected: ResponseDecision.ExpectedBody?,
        _ known: FileFormat?,
        _ promised: FileFormat?
    ) throws(FetchError) -> SavedFile.Proof {
        try part.withBytes { bytes throws(FetchError) in
            let calculations = (expected?.digests ?? []).compactMap { DigestCalculation($0.algorithm) }
            try bytes.update(calculations)
            let calculated = calculations.map { ($0.algorithm, $0.finish()) }
            var format = known
            if format == nil { format = try bytes.sniffedFormat() }
            return try Completeness(
                received: Int64(bytes.length),
                stated: expected?.total,
                digests: expected?.digests ?? [],
                calculated: Dictionary(calculated) { first, _ in first },
                structure: try Self.verdict(on: bytes, as: format, promised, isLengthStated: expected?.total != nil)
            )
            .proof()
        }
    }

    private static func verdict(
        on bytes: any RandomAccessBytes,
        as format: FileFormat?,
        _ promised: FileFormat?,
        isLengthStated: Bool
    ) throws(FetchError) -> StructureVerdict {
        if let format { return try StructureCheck.verdict(on: bytes, as: format) }
        // So few bytes that they don't show the promised format, and nothing else says that there are no more.
        guard let promised, !promised.isText, !isLengthStated else { return .unknown }
        return .truncated("it doesn't begin like \(promised.mediaType)")
    }

    /// Returns the part, and creates it for the first bytes, when the format and so the name is known.
    private func part(for link: URL) throws(FetchError) -> PartFile {
        let (known, record, format, headers, total) = state.withLock { state in
            (state.part, state.record, state.format, state.headers, state.expected?.total)
        }
        let name = try target.name(format: format, headers: headers, link: link)
        if let known {
            if known.target == name || format == nil { return known }
            // The part was found under the name that the link suggested, and the content says another one.
            known.discard()
        }
        try target.folder.requireRoom(for: name, ifPresent: target.configuration.existingFile)
        if let total { try target.folder.requireSpace(for: total) }
        let part: PartFile
        if target.configuration.keepsParts, record != nil {
            part = try PartFile.resuming(name, in: target.folder, maximumBytes: target.configuration.maximumBytes).part
            try part.startOver()
        } else {
            part = try PartFile(for: name, in: target.folder, maximumBytes: target.configuration.maximumBytes)
        }
        state.withLock { $0.part = part }
        return part
    }
}

extension HeaderFields {
    /// The media type in `Content-Type`, without its parameters. `nil` if there is none, or if it is malformed.
    fileprivate var mediaType: String? {
        guard let essence = self["Content-Type"]?.mediaTypeEssence else { return nil }
        let parts = essence.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } ? essence : nil
    }
}

extension RandomAccessBytes {
    /// Returns the format that the first bytes show; `nil` if it isn't known.
    fileprivate func sniffedFormat() throws(FetchError) -> FileFormat? {
        var prefix = [UInt8](repeating: 0, count: Int(min(length, UInt64(ContentSniffer.prefixLength))))
        let count = try prefix.fill(from: self, at: 0)
        return ContentSniffer.format(of: prefix.prefix(count), isWhole: UInt64(count) == length)
    }
}
