import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Wall clock jumps") struct WallClockTests {
    /// Wall clock times in seconds since 1970, most of them far beyond all valid dates.
    static let times: [TimeInterval] = [-1e300, -1e12, 0, 4e9, 1e15, 1e300, .nan, .infinity, -.infinity]

    @Test(arguments: times) func `a wall clock jump delays the first request by at most one gap, and no later one`(
        time: TimeInterval
    )
        async throws
    {
        let harness = SchedulingHarness()
        let client = FetchClient(
            registry: try EndpointRegistry(TextStateEndpoint()),
            transport: harness,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(600), schedule: .fixed(.seconds(10)))
            ),
            environment: FetchClient.Environment(clock: harness.clock, wallClock: { Date(timeIntervalSince1970: time) })
        )
        let submission = Submission(at: harness.clock.wallClock(), eta: .seconds(60))
        let (output, times) = try await harness.clock.run {
            let output = try await client.result(TextStateEndpoint(), id: "35", submitted: submission)
            return (output, harness.times(of: "35"))
        }
        #expect(output == "output 35")
        let first = try #require(times.first)
        #expect(first <= .seconds(10))
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .seconds(10) })
    }

    @Test(arguments: times) func `Retry-After as a date is clamped to the maximum gap, whatever the wall clock`(
        time: TimeInterval
    ) async throws {
        let harness = SchedulingHarness { _, time in
            time == .zero
                ? FetchResponse(status: 503, headers: ["Retry-After": "Sat, 21 Nov 2026 10:00:00 GMT"]) : nil
        }
        let client = FetchClient(
            registry: try EndpointRegistry(TextStateEndpoint()),
            transport: harness,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(600), maximumGap: .seconds(40))
            ),
            environment: FetchClient.Environment(clock: harness.clock, wallClock: { Date(timeIntervalSince1970: time) })
        )
        _ = try await harness.clock.run { try await client.result(TextStateEndpoint(), id: "0") }
        let times = harness.times(of: "0")
        #expect(times.count == 2)
        #expect(times[1] >= .seconds(1) && times[1] <= .seconds(40))
    }
}
