import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A wall clock that jumps` {
    /// Seconds since 1970, from before there were computers to after the last of them.
    static let times: [TimeInterval] = [-1e300, -1e12, 0, 4e9, 1e15, 1e300, .nan, .infinity, -.infinity]

    @Test(arguments: times) func `moves the first request at most, and nothing after it`(time: TimeInterval)
        async throws
    {
        let depot = Depot()
        let client = FetchClient(
            registry: try EndpointRegistry(Crate()),
            transport: depot,
            credentials: .none,
            policy: PollingPolicy(deadline: .seconds(600), schedule: .fixed(.seconds(10))),
            clock: depot.clock,
            wallClock: { Date(timeIntervalSince1970: time) }
        )
        let submission = Submission(at: depot.clock.wallClock(), eta: .seconds(60))
        let (output, states) = try await depot.clock.run {
            let output = try await client.result(Crate(), id: "35", submitted: submission)
            return (output, depot.times(of: "35"))
        }
        #expect(output == "crate 35")
        let first = try #require(states.first)
        #expect(first <= .seconds(10))
        #expect(zip(states, states.dropFirst()).allSatisfy { $1 - $0 == .seconds(10) })
    }

    @Test(arguments: times) func `makes no date of Retry-After longer than the ceiling`(time: TimeInterval) async throws
    {
        let depot = Depot { _, time in
            time == .zero
                ? FetchResponse(status: 503, headers: ["Retry-After": "Sat, 21 Nov 2026 10:00:00 GMT"]) : nil
        }
        let client = FetchClient(
            registry: try EndpointRegistry(Crate()),
            transport: depot,
            credentials: .none,
            policy: PollingPolicy(deadline: .seconds(600), maximumGap: .seconds(40)),
            clock: depot.clock,
            wallClock: { Date(timeIntervalSince1970: time) }
        )
        _ = try await depot.clock.run { try await client.result(Crate(), id: "0") }
        let times = depot.times(of: "0")
        #expect(times.count == 2)
        #expect(times[1] >= .seconds(1) && times[1] <= .seconds(40))
    }
}
