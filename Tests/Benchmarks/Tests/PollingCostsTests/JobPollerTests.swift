import FetchCore
import Foundation
import PollingCosts
import TestSupport
import Testing

@Suite("Polling of traced jobs")
struct JobPollerTests {
    private func rule(_ name: String) throws -> PollingRule {
        try #require(PollingRule.peers.first { $0.name == name })
    }

    @Test(arguments: [
        ("azure-js", 5, 4, 1), ("azure-js", 6, 4, 0), ("replicate-js", 5.2, 11, 0.3), ("modelslab-cli", 20, 5, 5),
        ("google-java", 12, 2, 0.5), ("google-net", 60, 3, 35), ("modelslab-python", 1, 2, 59), ("azure-core", 0, 1, 0),
    ])
    func `another client's rule has the expected requests and delay`(
        name: String,
        duration: Double,
        requests: Int,
        delay: Double
    ) throws {
        var random = SplitMix64(seed: 1)
        let polledJob = try rule(name).poll(duration, random: &random)
        #expect(polledJob.requests == requests)
        #expect(abs(polledJob.delay - delay) < 1e-9)
    }

    @Test func `a rule with jitter is reproducible and varies between jobs`() throws {
        for name in ["smithy", "google-swift", "replicate-swift", "runway"] {
            func polledJobs() throws -> [PolledJob] {
                var random = SplitMix64(seed: 1)
                return try (0..<20).map { _ in try rule(name).poll(500, random: &random) }
            }
            #expect(try polledJobs() == polledJobs())
            #expect(Set(try polledJobs()).count > 10)
        }
    }

    @Test func `the client follows its schedule within the policy's limits`() async throws {
        for job in [
            TracedJob(duration: 0.2), .init(duration: 47.3, eta: 60), .init(duration: 700), .init(duration: 9, eta: 0),
        ] {
            var age = 0.0
            var requests = 0
            repeat {
                let moment = PollingMoment(
                    age: .seconds(age),
                    expectedAge: job.eta.map { .seconds($0) },
                    requests: requests
                )
                age += min(max(LeastCostSchedule().gap(at: moment) / .seconds(1), 1), 60)
                requests += 1
            } while age < job.duration
            var poller = JobPoller(learns: false)
            let polledJob = try await poller.poll(job)
            #expect(polledJob.requests == requests)
            #expect(abs(polledJob.delay - (age - job.duration)) < 1e-6)
        }
    }

    @Test func `learning reduces the cost`() async throws {
        var poller = JobPoller(learns: true)
        var costs: [Double] = []
        for _ in 0..<30 { costs.append(try await poller.poll(TracedJob(duration: 100)).cost) }
        #expect(costs[29] < costs[0] / 2)
    }
}
