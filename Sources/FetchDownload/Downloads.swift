public import FetchCore

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
/// - The link is requested first, and then its mirrors. A connection that ends early is continued where it ended, if
///   the server has a strong validator; the last 64 KiB are compared. A file that isn't there yet is waited for, for up
///   to five minutes after the end of its job. `FetchClient.download(outputsOf:into:)` also polls the job again for a
///   new link, once, if the old one is dead.
/// - A page in place of a picture, film, sound or model isn't saved.
/// - No key, cookie or referrer is sent, except the provider's key to the provider's own servers, for an artifact that
///   says that it needs it.
/// - Only public addresses are connected to, unless ``Configuration/addresses`` says otherwise. With a transport that
///   doesn't check the addresses of names itself, they are resolved and checked before each request.
/// - Cancelling the task ends a download at once. Its part stays if a later download can go on with it.
///
/// Downloads can be used from many tasks at once. Copies share their limits.
public struct Downloads: Sendable {
    /// The settings.
    public let configuration: Configuration

    let transport: any StreamingTransport
    let environment: FetchClient.Environment
    let queue: DownloadQueue
    let addressCheck: AddressCheck
    private let folders = OpenFolders()

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
        self.init(transport: transport, configuration: configuration, environment: environment, addressCheck: .system)
    }

    /// Creates downloads with a resolver of a test.
    package init(
        transport: any StreamingTransport,
        configuration: Configuration = Configuration(),
        environment: FetchClient.Environment = FetchClient.Environment(),
        addressCheck: AddressCheck
    ) {
        self.addressCheck = addressCheck
        self.transport = transport
        self.configuration = configuration
        self.environment = environment
        queue = DownloadQueue(
            DownloadSlots(limit: configuration.maximumDownloads, limitPerHost: configuration.downloadsPerHost)
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
    /// The download begins at once. It is cancelled when the task that iterates is cancelled, or when the sequence and
    /// its iterator are released. So leaving a loop over the call itself cancels it; leaving a loop over a sequence
    /// that a variable holds doesn't.
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
            let throttle = ReportThrottle(environment.clock)
            // A virtual clock counts the task only on its own executor.
            let task = Task(executorPreference: (environment.clock as? any ExecutorClock)?.taskExecutor) {
                do {
                    let file = try await save(SavedArtifact(artifact), as: name, in: directory) { bytes, total in
                        if throttle.isDue() { continuation.yield(DownloadProgress(bytes: bytes, totalBytes: total)) }
                    }
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

extension Downloads {
    func save(
        _ output: SavedArtifact,
        as name: FileName,
        in directory: URL,
        _ report: @escaping @Sendable (Int64, Int64?) -> Void
    ) async throws -> SavedFile {
        let artifact = output.artifact
        if let bytes = try artifact.bytes {
            return try await FileThreads.run(with: environment.clock) { () throws(FetchError) in
                try target(of: output, name, directory).save(bytes)
            }
        }
        guard let link = artifact.url else { throw FetchError(.unusableOutput, "the output has no link") }
        let links = [link] + artifact.mirrors
        // Links of other schemes, such as `gs`, are requested nowhere, but their mirrors may be.
        guard let origin = links.lazy.compactMap({ try? Origin(of: $0) }).first else {
            throw FetchError(.refusedURL, "the output has no link with http or https and a valid host")
        }
        if artifact.needsKey, output.authorize == nil {
            throw FetchError(
                .missingKey,
                "the file of \(origin) requires the provider's key",
                remedy: "Save it with download(outputsOf:into:) of the client that polls the job."
            )
        }
        let download = FileDownload(
            links: links,
            expiryDate: artifact.expiryDate,
            queue: queue,
            environment: environment,
            pollAgain: output.pollAgain
        ) { () throws(FetchError) in
            FileTransfer(
                file: try ReceivedFile(target(of: output, name, directory), resuming: link),
                mediaType: output.artifact.mediaType ?? name.mediaType,
                jobEnd: output.jobEnd,
                transport: transport,
                configuration: configuration,
                environment: environment,
                addressCheck: addressCheck,
                authorize: output.artifact.needsKey ? output.authorize : nil,
                containsKey: output.containsKey,
                report: report
            )
        }
        return try await download.run()
    }

    /// Opens the folder, which blocks the thread; see ``FileThreads``.
    private func target(
        of output: SavedArtifact,
        _ name: FileName,
        _ directory: URL
    ) throws(FetchError) -> FileTarget {
        let folder = try folders.folder(at: directory)
        return FileTarget(folder: folder, naming: output.naming(name), configuration: configuration)
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
}

extension JSONValue {
    /// The value as JSON in UTF-8, with members in the order of their names.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }
}
