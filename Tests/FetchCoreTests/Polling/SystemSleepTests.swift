import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// A clock that advances by two hours in each gap, as if the system had slept.
private final class SystemSleepClock: Clock {
    typealias Instant = VirtualClock.Instant

    private let offset = Mutex(Duration.zero)

    var now: Instant { VirtualClock().now.advanced(by: offset.withLock(\.self)) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        // Sleeps of 20 s and more are request timeouts, which never fire here. Shorter ones are gaps.
        guard now.duration(to: deadline) < .seconds(20) else {
            let (never, _) = AsyncStream<Never>.makeStream()
            for await _ in never {}
            throw CancellationError()
        }
        offset.withLock { $0 += .seconds(7200) }
    }
}

@Suite("System sleep") struct SystemSleepTests {
    @Test func `the job is polled once more if the system slept past the deadline`() async throws {
        let transport = ScriptedTransport([.json(#"{"ready":false}"#), .json(#"{"ready":true}"#)])
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(600), schedule: .fixed(.seconds(5)))
            ),
            environment: FetchClient.Environment(clock: SystemSleepClock())
        )
        let endpoint = ConfigurableEndpoint<Int>(read: { response in
            let body: JSONValue = try response.json()
            return body["ready"]?.bool == true ? .succeeded(body) : .pending
        })
        let output = try await client.result(endpoint, id: 42)
        #expect(output["ready"] == true)
        #expect(transport.requests.count == 2)
    }
}
