import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Results of several jobs") struct SeveralJobsTests {
    /// Returns a harness with two endpoints. The ID of a job gives the time in seconds at which it is done.
    private func harness(policy: PollingPolicy = PollingPolicy()) throws -> PollingHarness {
        let clock = VirtualClock()
        let step = ScriptedTransport.Step { request in
            let id = request.url.lastPathComponent
            if id == "13" { return try await ScriptedTransport.Step.jobFailed.play(request) }
            if id == "401" { return try await ScriptedTransport.Step.status(401).play(request) }
            let time = Duration.seconds(Double(id) ?? 0)
            return try await ScriptedTransport.Step.job(readyAt: time, on: clock).play(request)
        }
        let registry = try EndpointRegistry(JSONStateEndpoint(), ListEndpoint())
        return PollingHarness(ScriptedTransport([step], clock: clock), clock: clock, policy: policy, registry: registry)
    }

    private func jobs(_ references: String...) throws -> [JobReference] { try references.map { try JobReference($0) } }

    @Test func `results can come from any mixture of endpoints`() async throws {
        let harness = try harness()
        let jobs = try jobs("test.job:30", "test.list:50", "test.job:0")
        let results = try await harness.clock.run { try await harness.client.outcomes(of: jobs).results() }
        #expect(Set(results.keys) == Set(jobs))
        #expect(try results[jobs[0]]?.get() as? String == "output")
        #expect(try results[jobs[1]]?.get() as? [String] == ["list 50"])
    }

    @Test func `all results are ready when the slowest job is done`() async throws {
        let harness = try harness()
        let jobs = try (1...50).map { try JobReference("test.job:\($0)") } + jobs("test.list:300")
        let results = try await harness.clock.run { try await harness.client.outcomes(of: jobs).results() }
        #expect(results.count == 51)
        #expect(harness.clock.elapsed < .seconds(350))
    }

    @Test func `each failed job has its own error, and the others have their results`() async throws {
        let harness = try harness(policy: PollingPolicy(deadline: .seconds(60)))
        let jobs = try jobs(
            "test.job:13",
            "test.job:401",
            "test.job:abc",
            "test.unknown:1",
            "test.job:900",
            "test.list:40"
        )
        let results = try await harness.clock.run { try await harness.client.outcomes(of: jobs).results() }
        let codes = jobs.map { results[$0]?.error?.code }
        #expect(codes == [.jobFailed, .unauthorized, .invalidID, .unknownEndpoint, .deadlineExceeded, nil])
        for (job, result) in results {
            guard let error = result.error else { continue }
            #expect(error.endpoint == job.endpoint)
            #expect(error.id == job.id)
        }
        #expect(try results[jobs[5]]?.get() as? [String] == ["list 40"])
    }

    @Test func `a job that is listed twice is polled once`() async throws {
        let harness = try harness()
        let jobs = try jobs("test.job:0", "test.job:0", "test.list:0", "test.job:0")
        let results = try await harness.clock.run { try await harness.client.outcomes(of: jobs).results() }
        #expect(results.count == 2)
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `the results of no jobs are empty`() async throws {
        #expect(try await harness().client.outcomes(of: [JobReference]()).results().isEmpty)
    }

    @Test func `the policy of the call applies`() async throws {
        let harness = try harness()
        let jobs = try jobs("test.job:900", "test.job:800")
        let results = try await harness.clock.run {
            try await harness.client.outcomes(of: jobs, policy: PollingPolicy(deadline: .seconds(7))).results()
        }
        #expect(results.count == 2)
        #expect(harness.clock.elapsed <= .seconds(7))
    }

    @Test func `cancellation ends polling at once, even if some jobs are done`() async throws {
        let harness = try harness()
        let jobs = try jobs("test.job:0", "test.job:13", "test.list:500")
        let (result, end) = await harness.cancelling(after: .seconds(10)) {
            try await harness.client.outcomes(of: jobs).results().count
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(10))
    }

    private struct ListEndpoint: FetchEndpoint, Hashable {
        let name: EndpointName = "test.list"
        let provider: ProviderID = "test"
        let baseURL = URL(string: "https://test.example/v1")!
        let method = RequestMethod.post
        let path: PathTemplate = "lists/{id}"
        let authorization = Authorization.none

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[String]> {
            switch try JSONStateEndpoint().answer(to: 0, from: response) {
            case .succeeded: .succeeded(["list \(id)"])
            case .failed(let failure): .failed(failure)
            default: .pending
            }
        }
    }
}
