import FetchCore
import FetchTesting
import Testing

/// An endpoint may forbid to be asked more often than so.
struct EndpointGapTests {
    @Test(arguments: [(5.0, 1.0, 5.0), (1.0, 5.0, 5.0), (0.0, 2.0, 2.0), (-3.0, 2.0, 2.0)])
    func `The longer of the endpoint's and the policy's gap is kept`(
        endpoints: Double,
        policys: Double,
        expected: Double
    ) async throws {
        let clock = VirtualClock()
        let endpoint = ShapedEndpoint<Int>(minimumGap: .seconds(endpoints), read: { _ in .pending })
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            policy: PollingPolicy(minimumGap: .seconds(policys), schedule: .fixed(.milliseconds(10))),
            clock: clock
        )
        let gaps = try await clock.run {
            var gaps: [Duration?] = []
            for try await update in client.updates(endpoint, id: 7) {
                gaps.append(update.nextRequest)
                break
            }
            for try await update in client.updates(try JobReference("example.jobs:7")) {
                gaps.append(update.nextRequest)
                break
            }
            return gaps
        }
        #expect(gaps == [.seconds(expected), .seconds(expected)])
    }

    @Test(arguments: [12.0, 31, 32, 33, 34.5])
    func `The endpoint's gap is kept up to the deadline`(deadline: Double) async throws {
        let clock = VirtualClock()
        let endpoint = ShapedEndpoint<Int>(minimumGap: .seconds(5), read: { _ in .pending })
        let client = FetchClient(
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            policy: PollingPolicy(deadline: .seconds(deadline), schedule: .fixed(.milliseconds(10))),
            clock: clock
        )
        let times = await clock.run {
            var times: [Duration] = []
            do {
                for try await update in client.updates(endpoint, id: 7) { times.append(update.elapsed) }
            } catch {}
            return times
        }
        #expect(times.count > 1)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 >= .seconds(5) }, "\(times)")
    }
}
