import FetchCore
import FetchTesting
import Foundation
import Testing

/// Tests of the time that the requests of one poll may take.
@Suite("Timeouts of follow-up requests") struct FollowUpTimeoutTests {
    private func client(_ harness: PollingHarness, timeout: Duration) -> FetchClient {
        var client = harness.client
        client.policy.requestTimeout = timeout
        return client
    }

    @Test func `each request of a poll has the timeout of its own`() async throws {
        let harness = PollingHarness([
            .followUp.after(.seconds(6)), .followUp.after(.seconds(9)), .done.after(.seconds(9)),
        ])
        let client = client(harness, timeout: .seconds(10))
        let state = try await harness.clock.run { try await client.fetch(JSONStateEndpoint(), id: 7) }
        #expect(state == .succeeded("output"))
        #expect(harness.clock.elapsed == .seconds(24))
    }

    @Test func `a follow-up request that takes longer than a request may is an error about the output`() async throws {
        let harness = PollingHarness([.followUp.after(.seconds(6)), .done.after(.seconds(11))])
        let client = client(harness, timeout: .seconds(10))
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await client.fetch(JSONStateEndpoint(), id: 7) }
        }
        #expect(error?.code == .requestTimeout)
        #expect(error?.hasJobEnded == true)
        #expect(error?.message.contains("10 s") == true)
        #expect(harness.clock.elapsed == .seconds(16))
    }

    @Test func `a fetch that had to wait for another one has as much time for a follow-up request`() async throws {
        let clock = VirtualClock()
        let file = ScriptedTransport.Step.done.after(.seconds(8))
        let status = ScriptedTransport.Step.followUp.after(.milliseconds(500))
        let client = FetchClient(
            transport: ScriptedTransport([status, file, status, file], clock: clock),
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(10)),
                limits: FetchLimits(requestsInFlight: 1)
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let states = try await clock.run {
            async let first = client.fetch(JSONStateEndpoint(), id: 1)
            async let second = client.fetch(JSONStateEndpoint(), id: 2)
            return try await [first, second]
        }
        #expect(states == [.succeeded("output"), .succeeded("output")])
        #expect(clock.elapsed == .seconds(17))
    }

    @Test func `a wait whose deadline is reached during a follow-up request ends then, and another one goes on`()
        async throws
    {
        let harness = PollingHarness([.followUp.after(.seconds(5)), .done.after(.seconds(20))])
        let (client, clock) = (harness.client, harness.clock)
        let (error, end, output) = try await clock.run {
            async let patient = client.result(JSONStateEndpoint(), id: 7, policy: PollingPolicy(deadline: .seconds(60)))
            var thrown: FetchError?
            do {
                _ = try await client.result(JSONStateEndpoint(), id: 7, policy: PollingPolicy(deadline: .seconds(10)))
            } catch let error as FetchError {
                thrown = error
            }
            return (thrown, clock.elapsed, try await patient)
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.hasJobEnded == true)
        #expect(end == .seconds(10))
        #expect(output == "output")
        #expect(clock.elapsed == .seconds(25))
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `a fetch that fails at a follow-up request keeps nothing for the next one`() async throws {
        let harness = PollingHarness([.followUp, .status(500), .followUp, .done])
        let client = harness.client
        try await harness.clock.run {
            await #expect(throws: FetchError.self) { try await client.fetch(JSONStateEndpoint(), id: 7) }
            #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
            let state = try await client.fetch(JSONStateEndpoint(), id: 7)
            #expect(state == .succeeded("output"))
        }
        #expect(harness.requestURLs.map(\.path) == ["/v1/jobs/7", "/v1/results/7", "/v1/jobs/7", "/v1/results/7"])
    }

    @Test func `what is kept for a retry is released with the wait`() async throws {
        let harness = PollingHarness([.followUp, .status(500)])
        let client = harness.client
        _ = await harness.cancelling(after: .seconds(100)) { [client] in
            try await client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
        #expect(harness.requestTimes.count > 3)
    }
}
