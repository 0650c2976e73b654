import FetchCore
import FetchDownload
import Foundation
import PlatformTransport

/// The client of a command, and what it was created from.
struct Connection {
    let client: FetchClient
    let transport: any StreamingTransport
    /// The server of `--base-url`. `nil` for the providers' own.
    let server: Origin?
    let mailbox: EventMailbox
    private let learned: LearnedDurations?

    /// Creates the client for the options of a command.
    ///
    /// - Parameters:
    ///   - options: The options of the command.
    ///   - mailbox: Receives the client's events.
    /// - Throws: ``UsageError`` if an option or a file is invalid; `FetchError` without libcurl.
    init(_ options: ConnectionOptions, mailbox: EventMailbox) throws {
        let setup = try ConnectionSetup(options)
        server = setup.server
        transport = try PlatformTransport.shared()
        self.mailbox = mailbox
        learned = options.isNotLearning ? nil : UserFolders.current.state.map { LearnedDurations(in: $0) }
        if let problem = learned?.problem { Console.printError("fetchkit: \(problem)") }
        client = FetchClient(
            registry: setup.registry,
            transport: transport,
            credentials: try setup.keys.credentials(for: setup.registry.providers),
            configuration: FetchClient.Configuration(
                policy: setup.policy,
                limits: setup.limits,
                observer: mailbox.isObserver ? mailbox : nil,
                durations: learned?.durations ?? [:],
                origins: setup.origins
            )
        )
    }

    /// Stores how long jobs took, for the next run.
    func storeDurations() {
        do {
            try learned?.save(client.durations)
        } catch {
            Console.printError("fetchkit: how long jobs took can't be stored: \(error.localizedDescription)")
        }
    }

    /// Returns the jobs of the command line, all of which are valid.
    ///
    /// - Throws: ``UsageError`` for the first argument that isn't a job. Lines of standard input are read later.
    func jobs(_ arguments: [String]) throws -> JobSource {
        try JobSource(arguments, parser: JobParser(registry: client.registry, server: server), mailbox: mailbox)
    }
}
