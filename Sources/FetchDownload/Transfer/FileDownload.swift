import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The download of one file: requests by its ``DownloadPlan`` until the file is whole, or can't be had.
///
/// Each request has a slot for the host that it is sent to. A download that waits has none.
///
/// It is a class since thousands may wait, with all functions that were called until then.
final class FileDownload: Sendable {
    /// The link and its mirrors.
    let links: [URL]
    /// The date from which on the links may be dead. `nil` if it isn't known.
    let expiryDate: Date?
    let queue: DownloadQueue
    let environment: FetchClient.Environment
    /// Polls the job again and returns the links that it has now. `nil` if the job isn't known.
    let pollAgain: (@Sendable () async throws -> [URL])?
    /// Opens the file. It blocks the thread; see ``FileThreads``. It is called when the download has its first slot,
    /// since each open file is a descriptor.
    let open: @Sendable () throws(FetchError) -> FileTransfer

    init(
        links: [URL],
        expiryDate: Date?,
        queue: DownloadQueue,
        environment: FetchClient.Environment,
        pollAgain: (@Sendable () async throws -> [URL])?,
        open: @escaping @Sendable () throws(FetchError) -> FileTransfer
    ) {
        self.links = links
        self.expiryDate = expiryDate
        self.queue = queue
        self.environment = environment
        self.pollAgain = pollAgain
        self.open = open
    }

    /// Downloads the file.
    ///
    /// - Returns: The file, which is whole.
    /// - Throws: `FetchError`; `CancellationError` at once after cancellation.
    func run() async throws -> SavedFile {
        var transfer: FileTransfer?
        do {
            return try await requests(&transfer)
        } catch {
            if let file = transfer?.file {
                // More of a file that is too large doesn't help.
                let keepsPart = (error as? FetchError)?.code != .responseTooLarge
                try? await FileThreads.run(with: environment.clock) { file.abandon(keepingPart: keepsPart) }
            }
            throw (error as? FetchError)?.withSettingsOfDownloads ?? error
        }
    }

    private func requests(_ transfer: inout FileTransfer?) async throws -> SavedFile {
        var plan = DownloadPlan(links: links, canPollAgain: pollAgain != nil)
        let timeline = Timeline(environment.clock)
        var step = plan.first
        while true {
            switch step {
            case .fail(let error): throw error
            case .pollAgain: step = try await renewed(&plan, timeline)
            case .request(let url, let pause):
                if pause > .zero { try await environment.clock.sleep(for: pause, tolerance: pause / 10) }
                let host = Self.host(of: url)
                let result = try await queue.run(host, expiringAt: expiryDate) {
                    try await requests(to: host, beginningWith: url, &plan, &transfer, timeline)
                }
                switch result {
                case .saved(let file): return file
                case .next(let next): step = next
                }
            }
        }
    }

    /// The result of the requests that are sent in one slot.
    private enum SlotResult: Sendable {
        case saved(SavedFile)
        /// A step that needs another slot, or none.
        case next(DownloadPlan.Step)
    }

    /// Requests a URL, and then what follows without a pause from the same host. A new link is requested in the slot in
    /// which the old one was found dead, since it doesn't live long either.
    private func requests(
        to host: String,
        beginningWith first: URL,
        _ plan: inout DownloadPlan,
        _ transfer: inout FileTransfer?,
        _ timeline: Timeline
    ) async throws -> SlotResult {
        let transfer = try await opened(&transfer)
        var step = DownloadPlan.Step.request(first, after: .zero)
        while true {
            switch step {
            case .request(let url, after: .zero) where url == first || Self.host(of: url) == host:
                let attempt = FileTransfer.Attempt(url: url, link: plan.link ?? url, redirects: plan.redirects)
                let outcome = try await transfer.outcome(of: attempt)
                plan.noteLength(transfer.file.length)
                let now = timeline.now
                switch outcome {
                case .saved(let file): return .saved(file)
                case .redirect(let target): step = plan.follow(target)
                case .startOver:
                    try await FileThreads.run(with: environment.clock) { () throws(FetchError) in
                        try transfer.file.startOver()
                    }
                    step = plan.startOver(url, at: now)
                case .absent(let error): step = plan.wait(for: error, at: now)
                case .dead(let error): step = plan.next(after: error, at: now)
                case .failed(let error): step = plan.retry(after: error, at: now, random: environment.random())
                }
            case .pollAgain: step = try await renewed(&plan, timeline)
            case .request, .fail: return .next(step)
            }
        }
    }

    private func opened(_ transfer: inout FileTransfer?) async throws -> FileTransfer {
        if let transfer { return transfer }
        let new = try await FileThreads.run(with: environment.clock, open)
        transfer = new
        return new
    }

    /// Polls the job again, and returns the step that follows.
    private func renewed(_ plan: inout DownloadPlan, _ timeline: Timeline) async throws -> DownloadPlan.Step {
        do {
            return plan.renew(try await pollAgain?() ?? [], at: timeline.now)
        } catch is FetchError {
            // What the user has to know is that the link is dead.
            return plan.renew([], at: timeline.now)
        }
    }

    /// Returns the host whose slots a request takes. A URL without an origin is refused without a request.
    private static func host(of url: URL) -> String { (try? Origin(of: url))?.host ?? "" }
}
