import ArgumentParser
import FetchCore
import FetchJobs
import Foundation

/// Polls the jobs of a store, and prints their outcomes.
struct QueueWorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Poll the jobs of a store, and print each outcome.",
        usage: "fetchkit queue work [--drain] [--store <store>] [<options>]",
        discussion: "An outcome is printed at least once; its id tells repetitions."
    )

    @Flag(help: "End when no job waits and all outcomes are printed.")
    var drain = false

    @Option(
        name: .customLong("time-to-live"),
        help: ArgumentHelp("Time until others take the jobs of a dead worker.", valueName: "time"),
        transform: { try TimeLimit($0) }
    )
    var timeToLive: TimeLimit?

    @OptionGroup var store: StoreOptions
    @OptionGroup var connection: WorkerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let interruptions = Interruption.signals()
        let store = try store.open()
        let connection = try Connection(connection.options(), mailbox: EventMailbox([]))
        var configuration = JobWorker.Configuration(name: "fetchkit")
        if let timeToLive { configuration.timeToLive = timeToLive.duration }
        let worker = JobWorker(client: connection.client, store: store, configuration: configuration)
        let status = try await withThrowingTaskGroup(of: ExitStatus.self) { group in
            group.addTask {
                try await worker.run()
                return .succeeded
            }
            group.addTask { try await printOutcomes(of: store) }
            group.addTask { await interruptions.first { _ in true } ?? .succeeded }
            defer { group.cancelAll() }
            // Cancelled, the worker gives its jobs back, so that others go on with them at once.
            return try await group.next() ?? .succeeded
        }
        guard status == .succeeded else { throw status }
    }

    /// Prints outcomes. With `--drain`, it returns when there are no more.
    private func printOutcomes(of store: any JobStore) async throws -> ExitStatus {
        while true {
            let outcomes = try await store.takeDeliveries(limit: 100, for: .seconds(60))
            for outcome in outcomes {
                Console.print(QueueLine(outcome).text(output.format))
                // After it is printed: a process that is killed in between prints it once more, and loses none.
                try await store.acknowledge([outcome.id])
            }
            guard outcomes.isEmpty else { continue }
            if drain {
                let overview = try await store.overview()
                if overview.waitingJobs == 0, overview.undeliveredOutcomes == 0 { return .succeeded }
            }
            try await ContinuousClock().sleep(for: .milliseconds(500))
        }
    }
}

/// The options of a worker for endpoints, servers and requests.
struct WorkerOptions: ParsableArguments {
    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp("Also register this endpoint. Can be repeated.", valueName: "file")
    )
    var manifests: [String] = []

    @Option(name: .customLong("base-url"), help: ArgumentHelp("Send the requests to this server.", valueName: "url"))
    var baseURL: String?

    @Option(name: .customLong("limit"), help: ArgumentHelp("The most requests a second.", valueName: "n"))
    var limit: Double?

    @Option(name: .customLong("key-file"), help: ArgumentHelp("Read keys from this file.", valueName: "file"))
    var keyFile: String?

    /// Returns the options as those of a connection. The store learns how long jobs take, so no file does.
    func options() throws -> ConnectionOptions {
        var options = try ConnectionOptions.parse(["--no-learn"])
        (options.manifests, options.baseURL, options.limit) = (manifests, baseURL, limit)
        options.keyFile = keyFile
        return options
    }
}
