import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Learned job durations") struct LearningTests {
    /// Polls jobs of one minute each, one after another.
    private func pollJobs(_ count: Int, _ harness: SchedulingHarness, _ client: FetchClient) async throws {
        for number in 0..<count {
            let start = harness.clock.elapsed
            let id = "\(Int(start.seconds) + 60)-\(number)"
            let submitted = Submission(at: harness.clock.date)
            _ = try await client.result(JobReference(endpoint: "test.job", id: id), submitted: submitted)
        }
    }

    private func makeClient(_ harness: SchedulingHarness, durations: [EndpointName: JobDurations] = [:]) throws
        -> FetchClient
    {
        FetchClient(
            registry: try EndpointRegistry(TextStateEndpoint()),
            transport: harness,
            credentials: .none,
            configuration: FetchClient.Configuration(durations: durations),
            environment: FetchClient.Environment(clock: harness.clock, wallClock: harness.clock.wallClock)
        )
    }

    @Test func `a client with learned durations sends few requests before jobs are usually done`() async throws {
        let harness = SchedulingHarness()
        let client = try makeClient(harness)
        let counts = try await harness.clock.run {
            try await pollJobs(1, harness, client)
            let first = harness.requests.count
            try await pollJobs(100, harness, client)
            let before = harness.requests.count
            try await pollJobs(1, harness, client)
            return (first: first, last: harness.requests.count - before)
        }
        #expect(counts.first > 5)
        #expect(counts.last <= 3)
        #expect(client.durations["test.job"]?.isEmpty == false)
    }

    @Test func `learned durations can be encoded and passed to another client`() async throws {
        let harness = SchedulingHarness()
        let client = try makeClient(harness)
        try await harness.clock.run { try await pollJobs(100, harness, client) }
        let stored = try JSONEncoder().encode(client.durations)
        #expect(String(decoding: stored, as: UTF8.self).hasPrefix(#"{"test.job":"#))
        let next = try makeClient(
            harness,
            durations: JSONDecoder().decode([EndpointName: JobDurations].self, from: stored)
        )
        let before = harness.requests.count
        try await harness.clock.run { try await pollJobs(1, harness, next) }
        #expect(harness.requests.count - before <= 3)
    }

    @Test func `durations passed to a client are kept for endpoints that were not polled`() async throws {
        var given = JobDurations()
        given.learn(CompletedJob(took: .seconds(7)))
        let harness = SchedulingHarness()
        let client = try makeClient(harness, durations: ["unused.video": given])
        #expect(client.durations == ["unused.video": given])
        try await harness.clock.run { try await pollJobs(1, harness, client) }
        #expect(client.durations["unused.video"] == given)
        #expect(client.durations["test.job"]?.isEmpty == false)
        #expect(Array(client.statistics.keys) == ["test.job"])
    }

    @Test func `a job of unknown age does not change the learned durations`() async throws {
        let harness = SchedulingHarness()
        let client = try makeClient(harness)
        _ = try await harness.clock.run { try await client.result(JobReference("test.job:0")) }
        #expect(client.durations.isEmpty)
    }
}
