import ArgumentParser
import FetchCore
import FetchJobs
import Foundation
import JobStores
import Measuring
import ModelsLabVideo

/// The subcommand that compares FetchJobs with claim and snooze, as general job queues poll.
struct ComparisonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares the costs of polling the same jobs by FetchJobs and by a queue that claims and snoozes."
    )

    @Option(help: "The URL of PostgreSQL's database. Defaults to the variable FETCHKIT_POSTGRES_URL.")
    var url: String?

    @Option(help: "The number of jobs.")
    var jobs = 10_000

    @Option(help: "The number of requests for each job, at most 255.")
    var polls = 20

    @Option(help: "The seconds between two requests for a job.")
    var gap = 1.0

    private var databaseURL: String? { url ?? ProcessInfo.processInfo.environment["FETCHKIT_POSTGRES_URL"] }

    func validate() throws {
        guard databaseURL != nil else { throw ValidationError("Pass --url, or set FETCHKIT_POSTGRES_URL.") }
        guard jobs > 0, (1...255).contains(polls), gap > 0 else { throw ValidationError("Numbers must be positive.") }
    }

    func run() async throws {
        let url = databaseURL ?? ""
        let name = "job_store_\(ProcessInfo.processInfo.processIdentifier)"
        let queue = try SnoozingQueue(url, schema: "\(name)_queue")
        let location = StoreLocation(.postgres, at: url, schema: name)
        try await write("claim and snooze", url, queue.schema) { try await queue.poll(try durable(), $0, gap: gap) }
        let store = try location.open()
        try await write("FetchJobs", url, location.schema) { try await poll(store, $0) }
    }

    private func durable() throws -> [DurableJob] { try (0..<jobs).map { try SampleJobs.job($0) } }

    /// Measures one way, and writes its figure.
    private func write(
        _ way: String,
        _ url: String,
        _ schema: String,
        _ poll: (FetchClient) async throws -> Void
    ) async throws {
        let transport = CountedTransport(jobs: jobs, first: SampleJobs.firstID, requestsOfJob: polls)
        let client = try client(transport)
        var figure = ComparisonFigure(way: way, jobs: jobs)
        let database = try PostgresConnection(url)
        try database.query("CHECKPOINT")
        let before = try database.usage(of: schema)
        let usage = Usage()
        try await poll(client)
        (figure.seconds, figure.clientCPU) = usage.spent
        figure.database = try database.usage(of: schema) - before
        figure.polls = transport.requests
        try Report.write(figure, line: figure.line)
    }

    /// Adds the jobs to a store, polls them with a worker, and reads all outcomes.
    private func poll(_ store: any JobStore, _ client: FetchClient) async throws {
        let durable = try durable()
        for start in stride(from: 0, to: jobs, by: 1_000) {
            try await store.add(Array(durable[start..<min(start + 1_000, jobs)]))
        }
        let worker = JobWorker(client: client, store: store)
        let task = Task { try await worker.run() }
        var read = 0
        while read < jobs {
            let outcomes = try await store.takeDeliveries(limit: 1_000, for: .seconds(60))
            try await store.acknowledge(outcomes.map(\.id))
            read += outcomes.count
            if outcomes.isEmpty { try await Task.sleep(for: .milliseconds(500)) }
        }
        task.cancel()
        _ = await task.result
    }

    private func client(_ transport: CountedTransport) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(.modelsLabVideo),
            transport: transport,
            credentials: .fixed(["modelslab": APIKey("sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    minimumGap: .milliseconds(10),
                    maximumGap: .seconds(gap * 2),
                    schedule: SpreadSchedule(interval: .seconds(gap))
                ),
                limits: FetchLimits(requestsInFlight: 1_000)
            )
        )
    }
}
