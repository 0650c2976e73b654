import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import ModelsLabVideo
import PlatformTransport

/// A simulated ModelsLab, and a client for it. Its jobs go on while this process is dead: each ends a number of seconds
/// after its submission, which the store has.
struct SimulatedProvider {
    private static let key = "sk-simulated"

    let client: FetchClient
    private let simulation = SimulatedModelsLab(keys: ["modelslab": key])
    private let server: LoopbackServer

    init() throws {
        server = try LoopbackServer(serving: simulation)
        client = FetchClient(
            registry: try EndpointRegistry(.modelsLabVideo),
            transport: try PlatformTransport.shared(),
            credentials: .fixed(["modelslab": APIKey(Self.key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(maximumGap: .seconds(2)),
                origins: ["modelslab": server.origin]
            )
        )
    }

    func stop() { server.stop() }

    /// Submits a job, which takes as many seconds as its number says, and one more.
    @Sendable func submit(_ number: Int) throws -> DurableJob {
        let seconds = number + 1
        return try DurableJob(
            "modelslab.video:\(number)",
            submitted: Submission(eta: .seconds(seconds)),
            note: ["seconds": .integer(Int64(seconds))]
        )
    }

    /// Begins the jobs that a store waits for, with the rest of their time.
    func goOn(with store: any JobStore) async throws {
        for stored in try await store.jobs(JobPage(.waiting, limit: 1_000)) {
            let begin = stored.job.submitted?.date ?? stored.added
            let seconds = Double(stored.job.note?["seconds"]?.integer ?? 0) - Date().timeIntervalSince(begin)
            simulation.submit(.init(family: "video", id: stored.job.job.id, duration: .seconds(max(seconds, 0))))
        }
    }
}
