import ArgumentParser
import FetchCore
import Foundation
import Measuring

/// A benchmark of the time from a cancellation until all polling has ended.
@main
struct CancelWaits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel-waits",
        abstract: "Measures the time to cancel the polling of many jobs, and the requests that are sent after it.",
        discussion: "Standard output has one JSON object for each polling mode, standard error a table."
    )

    @Argument(help: "The number of jobs.")
    var jobs = 10_000

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("The number of jobs must be positive.") }
    }

    func run() async throws {
        for mode in Mode.allCases {
            let figure = try await measured(mode)
            try Report.write(figure, line: figure.line)
        }
    }

    /// The use of the client's API.
    enum Mode: String, Encodable, CaseIterable {
        /// One batch for all jobs.
        case batch
        /// A task with a call of `result` for each job.
        case results
    }

    /// The result of one mode.
    struct Figure: Encodable {
        var benchmark = "cancel-waits"
        var way: Mode
        var jobs: Int
        /// The time from the cancellation until all calls have returned.
        var milliseconds: Double
        /// The number of requests that were sent during that time.
        var sentMeanwhile: Int
        /// The number of requests that were sent in the second after it.
        var sentAfterwards: Int

        var line: String {
            Report.column("\(way) \(jobs)", 18)
                + "ended in \(milliseconds.shown) ms, \(sentMeanwhile) requests meanwhile, \(sentAfterwards) afterwards"
        }
    }

    private func measured(_ mode: Mode) async throws -> Figure {
        let transport = PendingTransport()
        let client = FetchClient(
            registry: try EndpointRegistry(PendingTransport.Endpoint()),
            transport: transport,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(3_600), schedule: .fixed(.seconds(2)))
            )
        )
        let references = try (0..<jobs).map { try JobReference(endpoint: "example.job", id: "\($0)") }
        let polling = Task { await Self.poll(references, mode, client) }
        try await Task.sleep(for: .seconds(3))
        let (start, sent) = (ContinuousClock.now, transport.requests)
        polling.cancel()
        await polling.value
        let time = ContinuousClock.now - start
        let sentMeanwhile = transport.requests - sent
        try await Task.sleep(for: .seconds(1))
        return Figure(
            way: mode,
            jobs: jobs,
            milliseconds: time / .milliseconds(1),
            sentMeanwhile: sentMeanwhile,
            sentAfterwards: transport.requests - sent - sentMeanwhile
        )
    }

    private static func poll(_ jobs: [JobReference], _ mode: Mode, _ client: FetchClient) async {
        switch mode {
        case .batch:
            _ = try? await client.outcomes(of: jobs).results()
        case .results:
            await withTaskGroup(of: Void.self) { group in
                for job in jobs { group.addTask { _ = try? await client.result(job) } }
            }
        }
    }
}
