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
        /// The position at which the response ends. `nil` if it isn't stated.
        var end: Int64?
        var wasResumed = false
        var headers = HeaderFields()
        /// The name that was found last, until another response may suggest another one.
        var name: FoundName?
        /// The name of the file for which there was room. `nil` before the first bytes.
        var checkedName: PlainFileName?
    }

    /// A name, with the facts from which it was found besides the header fields.
    private struct FoundName {
        let name: PlainFileName
        let format: FileFormat?
        let link: URL
    }

    private let target: FileTarget
    /// The name as far as it is known before a response, by which a later download finds the part.
    private let partName: PlainFileName
    private let state = Mutex(State())

    /// Creates the file of a download, and opens the part that an earlier download has left, if there is one.
    ///
    /// - Parameters:
    ///   - target: The folder and the rule for the name.
    ///   - link: The URL of the file.
    /// - Throws: `FetchError` with the code `fileNotWritten` or `storageFull`.
    init(_ target: FileTarget, resuming link: URL) throws(FetchError) {
        self.target = target
        partName = try target.naming.name(format: nil, link: link)
        guard target.configuration.keepsParts,
            try target.folder.status(of: PartName.resumable(for: partName.text).text) != nil
        else { return }
        let maximumBytes = target.configuration.maximumBytes
        let resumed = try PartFile.resuming(partName, in: target.folder, maximumBytes: maximumBytes)
        state.withLock { state in
            (state.part, state.record, state.wasResumed) = (resumed.part, resumed.record, resumed.record != nil)
        }
    }

    /// The number of bytes that are there.
    var length: Int64 { state.withLock { $0.part?.length ?? 0 } }

    /// Returns the number of bytes that are there, with those that have been received and not written. Some of them may
    /// be in the file already, to be compared.
    func length(withUnwritten count: Int) -> Int64 {
        state.withLock { max($0.part?.length ?? 0, $0.position + Int64(count)) }
    }

    /// The length of the whole file, if it is known.
    var total: Int64? { state.withLock { $0.expected?.total ?? $0.record?.total } }

    /// Returns the range to ask for; `nil` for the whole file. It begins before the end of what is there, so that both
    /// can be compared.
    func range(from link: URL) -> RequestedRange? {
        state.withLock { state in
            guard let part = state.part, var record = state.record else { return nil }
            record.length = part.length
            // Of a single byte, nothing can be compared.
            guard part.length > 1 else { return nil }
            return record.range(from: link)?.beginning(earlierBy: Self.comparedBytes)
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
            let digests = state.expected?.digests ?? []
            state.expected = body
            // A digest of the whole file stays one, whatever the response with the rest states.
            if position > 0, body.digests.isEmpty { state.expected?.digests = digests }
            state.position = position
            state.end = body.bodyLength.map { position + $0 }
            (state.headers, state.name) = (headers, nil)
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
    ///   - isAtEnd: True if no bytes follow.
    /// - Returns: If they fit to the bytes that are there.
    /// - Throws: `FetchError` with the code `fileExists`, `fileNotWritten`, `storageFull` or `responseTooLarge`.
    func write(_ bytes: [UInt8], from link: URL, isAtEnd: Bool) throws(FetchError) -> Written {
        // A file that is written at once has nothing that a later download could continue.
        let part = try part(for: link, isResumable: !isAtEnd)
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
    ///
    /// - Parameter keepsPart: False if the part is removed in any case.
    func abandon(keepingPart keepsPart: Bool) {
        let (part, record) = state.withLock { state in (state.part.take(), state.record) }
        guard let part else { return }
        if keepsPart, target.configuration.keepsParts, part.isResumable, let record, part.length > 0 {
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
    /// - Parameters:
    ///   - link: The URL of the file.
    ///   - source: The link that led to it, before redirects.
    /// - Returns: The file.
    /// - Throws: `FetchError` with the code `incompleteOutput` if it isn't whole. Nothing of it stays, unless only its
    ///   end is missing. Others if it can't be written.
    func finish(from link: URL, linkedBy source: URL) throws(FetchError) -> SavedFile {
        let part = try part(for: link)
        let (expected, sniffed, wasResumed, headers) = state.withLock { state in
            (state.expected, state.format, state.wasResumed, state.headers)
        }
        try requireEnd(of: part)
        let (proof, format): (SavedFile.Proof, FileFormat?)
        do throws(FetchError) {
            (proof, format) = try Self.proof(of: part, expected, sniffed, FileFormat(mediaType: target.mediaType))
        } catch {
            if error.code == .incompleteOutput { try startOver() }
            throw error
        }
        let committed = try part.commit(
            to: try name(format: format, link: link),
            as: target.configuration.existingFile,
            durable: target.configuration.isDurable
        )
        state.withLock { $0.part = nil }
        return SavedFile(
            url: target.folder.url(of: committed.name),
            bytes: committed.bytes,
            proof: proof,
            mediaType: format?.mediaType ?? target.mediaType ?? headers.mediaType,
            source: source,
            wasResumed: wasResumed || committed.wasThere
        )
    }

    /// Throws an error if the response has ended too early, after which the rest can be requested.
    private func requireEnd(of part: PartFile) throws(FetchError) {
        let (position, end, total) = state.withLock { ($0.position, $0.end, $0.expected?.total) }
        guard position < end ?? position || part.length < total ?? part.length else { return }
        throw FetchError(.incompleteOutput, "the response ended after \(part.length) bytes", isRetryable: true)
    }

    private static func proof(
        of part: PartFile,
        _ expected: ResponseDecision.ExpectedBody?,
        _ known: FileFormat?,
        _ promised: FileFormat?
    ) throws(FetchError) -> (SavedFile.Proof, FileFormat?) {
        try part.withBytes { bytes throws(FetchError) in
            let calculations = (expected?.digests ?? []).compactMap { DigestCalculation($0.algorithm) }
            try bytes.update(calculations)
            let calculated = calculations.map { ($0.algorithm, $0.finish()) }
            var format = known
            if format == nil, expected?.isFormatFinal != true { format = try bytes.sniffedFormat() }
            let proof = try Completeness(
                received: Int64(bytes.length),
                stated: expected?.total,
                digests: expected?.digests ?? [],
                calculated: Dictionary(calculated) { first, _ in first },
                structure: try Self.verdict(on: bytes, as: format, promised, isLengthStated: expected?.total != nil)
            )
            .proof()
            return (proof, format)
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
        let isShort = bytes.length < UInt64(ContentSniffer.prefixLength)
        guard let promised, !promised.isText, !isLengthStated, isShort else { return .unknown }
        return .truncated("it doesn't begin like \(promised.mediaType)")
    }

    /// Returns the part, and creates it for the first bytes.
    private func part(for link: URL, isResumable: Bool = true) throws(FetchError) -> PartFile {
        let (known, record, total) = state.withLock { ($0.part, $0.record, $0.expected?.total) }
        let maximumBytes = target.configuration.maximumBytes
        if let total, total > maximumBytes { throw .tooLarge(partName, limit: maximumBytes) }
        try requireRoom(link)
        if let known { return known }
        // If all bytes are here, writing them shows at once if there is space.
        if isResumable, let total { try target.folder.requireSpace(for: total) }
        let part: PartFile
        if target.configuration.keepsParts, record != nil, isResumable {
            part = try PartFile.resuming(partName, in: target.folder, maximumBytes: maximumBytes).part
            if part.length > 0 { try part.startOver() }
        } else {
            part = try PartFile(for: partName, in: target.folder, maximumBytes: maximumBytes)
        }
        state.withLock { $0.part = part }
        return part
    }

    /// Throws an error if another file has the name, as soon as the name is known.
    private func requireRoom(_ link: URL) throws(FetchError) {
        let (checked, format) = state.withLock { ($0.checkedName, $0.format) }
        let name = try name(format: format, link: link)
        guard name != checked else { return }
        try target.folder.requireRoom(for: name, ifPresent: target.configuration.existingFile)
        state.withLock { $0.checkedName = name }
    }

    /// Returns the name of the file by the last response. Several steps need it, and finding it costs as much as they
    /// do.
    private func name(format: FileFormat?, link: URL) throws(FetchError) -> PlainFileName {
        // It was found when the file was created.
        guard !target.naming.rule.isGiven else { return partName }
        let (found, headers) = state.withLock { ($0.name, $0.headers) }
        if let found, found.format == format, found.link == link { return found.name }
        let name = try target.naming.name(format: format, headers: headers, link: link)
        state.withLock { $0.name = FoundName(name: name, format: format, link: link) }
        return name
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
