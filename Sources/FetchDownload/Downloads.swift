public import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Saves the outputs of jobs as files that are whole or not there.
///
/// ```swift
/// let downloads = Downloads(transport: transport)
/// let file = try await downloads.save(artifact, as: .named("face.mp4"), in: directory)
/// print(file.url, file.bytes, file.proof)
/// ```
///
/// - A file is received beside its target under a hidden name, checked, and renamed. Until then the target doesn't
///   exist. ``SavedFile/proof`` says what shows that the file is whole: a digest or length that the server states, or
///   the file's own structure.
/// - The link is requested first, and then its mirrors. A connection that ends early is continued where it ended, if the
///   server has a strong validator; the last 64 KiB are compared. A file that isn't there yet is waited for, for up to
///   five minutes after the end of its job. `FetchClient.download(outputsOf:into:)` also polls the
///   job again for a new link, once, if the old one is dead.
/// - A page in place of a picture, film, sound or model isn't saved.
/// - No key, cookie or referrer is sent, except the provider's key to the provider's own servers, for an artifact that
///   says that it needs it.
/// - Only public addresses are connected to, unless ``Configuration/addresses`` says otherwise.
/// - Cancelling the task ends a download at once. Its part stays if a later download can go on with it.
///
/// Downloads can be used from many tasks at once. Copies share their limits.
public struct Downloads: Sendable {
    /// The settings.
    public let configuration: Configuration

    let transport: any StreamingTransport
    let environment: FetchClient.Environment
    let queue: DownloadQueue

    /// Creates downloads.
    ///
    /// - Parameters:
    ///   - transport: Sends the requests.
    ///   - configuration: The settings.
    ///   - environment: The clocks and random numbers. Only tests replace them.
    public init(
        transport: any StreamingTransport,
        configuration: Configuration = Configuration(),
        environment: FetchClient.Environment = FetchClient.Environment()
    ) {
        self.transport = transport
        self.configuration = configuration
        self.environment = environment
        queue = DownloadQueue(
            DownloadSlots(limit: configuration.downloads, limitPerHost: configuration.downloadsPerHost)
        )
    }

    /// Saves one output as a file.
    ///
    /// Bytes, text and JSON that were part of the job's response are saved as well. An artifact that needs the
    /// provider's key is saved by `FetchClient.download(outputsOf:into:)` only.
    ///
    /// - Parameters:
    ///   - artifact: The output.
    ///   - name: The rule for the name of the file. Defaults to ``FileName/generated``, here a hash of the link or the
    ///     bytes.
    ///   - directory: The folder, which must exist.
    /// - Returns: The file.
    /// - Throws: `FetchError`, among others with the codes `outputExpired`, `incompleteOutput`, `unexpectedOutput`,
    ///   `fileExists`, `fileNotWritten` and `storageFull`; `CancellationError`.
    public func save(
        _ artifact: Artifact,
        as name: FileName = .generated,
        in directory: URL
    ) async throws -> SavedFile {
        try await save(SavedArtifact(artifact), as: name, in: directory) { _, _ in }
    }

    /// Saves one output as a file, and reports how far it is.
    ///
    /// The download begins with the first call of `next()` of the sequence, and is cancelled when the iteration is
    /// left.
    ///
    /// - Parameters:
    ///   - artifact: The output.
    ///   - name: The rule for the name of the file. Defaults to ``FileName/generated``.
    ///   - directory: The folder, which must exist.
    /// - Returns: The progress, at most ten times a second. The last element has the ``DownloadProgress/file``. The
    ///   sequence throws the errors of ``save(_:as:in:)``.
    public func progress(
        of artifact: Artifact,
        as name: FileName = .generated,
        in directory: URL
    ) -> AsyncThrowingStream<DownloadProgress, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let reports = ProgressReports(environment.clock, continuation)
            let task = Task {
                do {
                    let file = try await save(SavedArtifact(artifact), as: name, in: directory, reports.report)
                    continuation.yield(DownloadProgress(bytes: file.bytes, totalBytes: file.bytes, file: file))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

extension Downloads: CustomStringConvertible, CustomReflectable {
    /// The name of the type. The transport may have keys.
    public var description: String { "Downloads" }

    /// A mirror of the settings.
    public var customMirror: Mirror { Mirror(self, children: ["configuration": configuration], displayStyle: .struct) }
}

/// An output with all that is known of its job.
struct SavedArtifact: Sendable {
    var artifact: Artifact
    /// The name that doesn't depend on the server.
    var generatedName: GeneratedFileName
    /// The date of the job's end. `nil` if it isn't known.
    var jobEnd: Date?
    var authorize: (@Sendable (FetchRequest) async throws -> FetchRequest)?
    var pollAgain: (@Sendable () async throws -> [URL])?

    init(_ artifact: Artifact, _ generatedName: GeneratedFileName? = nil) {
        self.artifact = artifact
        self.generatedName = generatedName ?? GeneratedFileName(source: artifact.identity, index: 0)
    }
}

extension Downloads {
    func save(
        _ output: SavedArtifact,
        as name: FileName,
        in directory: URL,
        _ report: @escaping @Sendable (Int64, Int64?) -> Void
    ) async throws -> SavedFile {
        let artifact = output.artifact
        let folder = try await FileThreads.run(with: environment.clock) { () throws(FetchError) in try Folder(directory)
        }
        let target = FileTarget(
            folder: folder,
            fileName: name,
            generatedName: output.generatedName,
            mediaType: artifact.mediaType,
            configuration: configuration
        )
        if let bytes = try artifact.bytes { return try await target.save(bytes, environment.clock) }
        guard let link = artifact.url else { throw FetchError(.unusableOutput, "the output has no link") }
        let origin = try Origin(of: link)
        if artifact.needsKey, output.authorize == nil {
            throw FetchError(
                .missingKey,
                "the file of \(origin) wants the provider's key",
                remedy: "Save it with download(outputsOf:into:) of the client that polls the job."
            )
        }
        let download = FileDownload(
            source: FileDownload.Source(
                links: [link] + artifact.mirrors,
                mediaType: artifact.mediaType,
                jobEnd: output.jobEnd
            ),
            file: ReceivedFile(target),
            transport: transport,
            configuration: configuration,
            environment: environment,
            authorize: artifact.needsKey ? output.authorize : nil,
            pollAgain: output.pollAgain,
            report: report
        )
        return try await queue.run(origin.host, expiringAt: artifact.expiryDate) { try await download.run() }
    }
}

extension Artifact {
    /// The bytes of an output that was part of the job's response. `nil` for a link.
    fileprivate var bytes: [UInt8]? {
        get throws(FetchError) {
            switch content {
            case .url: return nil
            case .data(let data): return Array(data)
            case .text(let text): return Array(text.utf8)
            case .json(let value): return value.bytes
            case .unusable(_, let problem): throw FetchError(.unusableOutput, "the output can't be saved: \(problem)")
            }
        }
    }

    /// A string that is the same for each download of the output.
    fileprivate var identity: String {
        switch content {
        case .url(let url): String(url.absoluteString.prefix { $0 != "?" && $0 != "#" })
        case .data(let data): "\(data.count) bytes \(StableHash(of: data.base64EncodedString()))"
        case .text(let text), .unusable(let text, _): text
        case .json(let value): String(decoding: value.bytes, as: UTF8.self)
        }
    }
}

extension JSONValue {
    /// The value as JSON in UTF-8, with members in the order of their names.
    fileprivate var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }
}

/// Passes on the progress of a download at most ten times a second.
private final class ProgressReports: Sendable {
    private static let gap = Duration.milliseconds(100)

    private let timeline: Timeline
    private let continuation: AsyncThrowingStream<DownloadProgress, any Error>.Continuation
    private let next = Mutex(Duration.zero)

    init(
        _ clock: any Clock<Duration>,
        _ continuation: AsyncThrowingStream<DownloadProgress, any Error>.Continuation
    ) {
        timeline = Timeline(clock)
        self.continuation = continuation
    }

    func report(_ bytes: Int64, _ total: Int64?) {
        let now = timeline.now
        let isDue = next.withLock { next in
            guard next <= now else { return false }
            next = now + Self.gap
            return true
        }
        if isDue { continuation.yield(DownloadProgress(bytes: bytes, totalBytes: total)) }
    }
}
