import FetchCore
import FetchDownload

/// The common part of the commands that poll jobs.
struct PollingCommand {
    private let options: ConnectionOptions
    private let format: OutputFormat
    private let rule: EndRule

    /// - Parameters:
    ///   - options: The options for endpoints, servers and requests.
    ///   - output: The options for standard output.
    ///   - rule: The rule by which the wait ends.
    init(_ options: ConnectionOptions, _ output: OutputOptions, _ rule: EndRule) {
        self.options = options
        format = output.format
        self.rule = rule
    }

    /// Waits for jobs, and prints each as it ends.
    func wait(for jobs: [String]) async throws { try await run(jobs, detail: .ends) }

    /// Waits for jobs, and prints every change.
    func watch(_ jobs: [String]) async throws { try await run(jobs, detail: .changes) }

    /// Waits for jobs, and saves their outputs in a folder.
    func save(_ jobs: [String], into folder: String) async throws {
        try await run(jobs, detail: .ends, savingTo: folder)
    }

    /// Polls jobs once.
    func get(_ jobs: [String]) async throws {
        let mailbox = EventMailbox(options.isVerbose ? .requests : [])
        let connection = try Connection(options, mailbox: mailbox)
        let source = try connection.jobs(jobs)
        let reporter = reporter(.changes, connection, pollsOnce: true)
        let polls = SinglePolls(client: connection.client, reporter: reporter, mailbox: mailbox)
        try end(await polls.run(source))
    }

    private func run(_ jobs: [String], detail: OutputDetail, savingTo path: String? = nil) async throws {
        var interests: EventInterests = options.isVerbose ? .requests : []
        if detail == .changes || Terminal.isInteractive { interests.insert(.changes) }
        let mailbox = EventMailbox(interests)
        let connection = try Connection(options, mailbox: mailbox)
        let source = try connection.jobs(jobs)
        let folder = try path.map {
            try OutputFolder($0, transport: connection.transport, trusting: connection.server)
        }
        let run = JobRun(
            client: connection.client,
            reporter: reporter(detail, connection),
            mailbox: mailbox,
            folder: folder,
            rule: rule
        )
        let status = await run.run(source)
        connection.storeDurations()
        try end(status)
    }

    private func reporter(_ detail: OutputDetail, _ connection: Connection, pollsOnce: Bool = false) -> Reporter {
        Reporter(
            format,
            detail: detail,
            mailbox: connection.mailbox,
            client: connection.client,
            pollsOnce: pollsOnce
        )
    }

    private func end(_ status: ExitStatus) throws {
        guard status == .succeeded else { throw status }
    }
}
