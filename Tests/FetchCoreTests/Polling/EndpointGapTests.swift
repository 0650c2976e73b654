import FetchCore
import FetchTesting
import TestSupport
import Testing

/// Tests of `minimumGap`, the shortest gap that an endpoint allows between two requests for a job.
@Suite("Minimum gap of an endpoint") struct EndpointGapTests {
    @Test(arguments: [(5.0, 1.0, 5.0), (1.0, 5.0, 5.0), (0.0, 2.0, 2.0), (-3.0, 2.0, 2.0)])
    func `the longer of the endpoint's and the policy's minimum gap applies`(
        endpointGap: Double,
        policyGap: Double,
        expected: Double
    ) async throws {
        let clock = VirtualClock()
        let endpoint = ConfigurableEndpoint<Int>(minimumGap: .seconds(endpointGap), read: { _ in .pending })
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(minimumGap: .seconds(policyGap), schedule: .fixed(.milliseconds(10)))
            ),
            environment: FetchClient.Environment(clock: clock)
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
    func `the endpoint's minimum gap applies up to the deadline`(deadline: Double) async throws {
        let clock = VirtualClock()
        let endpoint = ConfigurableEndpoint<Int>(minimumGap: .seconds(5), read: { _ in .pending })
        let client = FetchClient(
            transport: ScriptedTransport([.json("{}")], clock: clock),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(deadline), schedule: .fixed(.milliseconds(10)))
            ),
            environment: FetchClient.Environment(clock: clock)
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
