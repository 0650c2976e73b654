import ArgumentParser
import FetchCore
import Foundation
import Measuring

/// How long it takes until very many waits have ended that are cancelled at once.
@main
struct CancelWaits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel-waits",
        abstract: "Measures how soon very many waits end when they are cancelled, and what is sent after it.",
        discussion: "Standard output has one JSON object for each way of waiting, standard error a table."
    )

    @Argument(help: "How many jobs there are.")
    var jobs = 10_000

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("There is at least one job.") }
    }

    func run() async throws {
        for way in Way.allCases {
            let figure = try await measured(way)
            try Report.write(figure, line: figure.line)
        }
    }

    /// A way of waiting.
    enum Way: String, Encodable, CaseIterable {
        /// One batch.
        case batch
        /// A call of `result` in a task of its own for each job.
        case results
    }

    /// What was measured.
    struct Figure: Encodable {
        var benchmark = "cancel-waits"
        var way: Way
        var jobs: Int
        /// Milliseconds from the cancellation until every wait had ended.
        var milliseconds: Double
        /// Requests that were sent while the waits ended, and in the second after it.
        var sentMeanwhile: Int
        var sentAfterwards: Int

        var line: String {
            Report.column("\(way) \(jobs)", 18)
                + "ended in \(milliseconds.shown) ms, \(sentMeanwhile) requests meanwhile, \(sentAfterwards) afterwards"
        }
    }

    private func measured(_ way: Way) async throws -> Figure {
        let silence = Silence()
        let client = FetchClient(
            registry: try EndpointRegistry(Silence.Endpoint()),
            transport: silence,
            credentials: .none,
            policy: PollingPolicy(deadline: .seconds(3_600), schedule: .fixed(.seconds(2)))
        )
        let references = try (0..<jobs).map { try JobReference(endpoint: "example.job", id: "\($0)") }
        let wait = Task { await Self.wait(for: references, way, client) }
        try await Task.sleep(for: .seconds(3))
        let (start, sent) = (ContinuousClock.now, silence.requests)
        wait.cancel()
        await wait.value
        let time = ContinuousClock.now - start
        let sentMeanwhile = silence.requests - sent
        try await Task.sleep(for: .seconds(1))
        return Figure(
            way: way,
            jobs: jobs,
            milliseconds: time / .milliseconds(1),
            sentMeanwhile: sentMeanwhile,
            sentAfterwards: silence.requests - sent - sentMeanwhile
        )
    }

    private static func wait(for jobs: [JobReference], _ way: Way, _ client: FetchClient) async {
        switch way {
        case .batch:
            _ = try? await client.results(of: jobs)
        case .results:
            await withTaskGroup(of: Void.self) { group in
                for job in jobs { group.addTask { _ = try? await client.result(job) } }
            }
        }
    }
}
