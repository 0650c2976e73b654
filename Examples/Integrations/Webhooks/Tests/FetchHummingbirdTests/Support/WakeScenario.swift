import FetchCore
import FetchHummingbird
import FetchJobs
import FetchTesting
import FetchWebhooks
import Foundation

/// A client on a virtual clock, whose jobs are polled every minute and are done after five seconds.
struct WakeScenario {
    let clock = VirtualClock()
    let transport: ScriptedTransport
    let client: FetchClient
    let store: InMemoryJobStore
    let source: WebhookSource

    init(doneAfter time: Duration = .seconds(5)) throws {
        let clock = clock
        transport = ScriptedTransport([.init { _ in clock.elapsed >= time ? .done : .pending }], clock: clock)
        client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: transport,
            credentials: .fixed(["example": APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(schedule: .fixed(.seconds(60)))),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        store = InMemoryJobStore(date: clock.wallClock)
        source = try TestSender.source()
    }

    /// The default limits, on the clock of the scenario.
    var configuration: WebhookReceiver.Configuration {
        var configuration = WebhookReceiver.Configuration()
        configuration.clock = clock
        configuration.date = clock.wallClock
        return configuration
    }

    /// Waits for the job 1 while an operation runs, and returns the time of its end.
    func waiting(
        while operation: @escaping @Sendable (WebhookReceiver) async throws -> Void
    ) async throws -> Duration {
        let receiver = WebhookReceiver(client: client, configuration: configuration)
        return try await clock.run { [clock, client] in
            let job = try JobReference("example.clip:1")
            async let end = { @Sendable in
                _ = try await client.result(job)
                return clock.elapsed
            }()
            try await clock.sleep(for: .seconds(10))
            try await operation(receiver)
            return try await end
        }
    }
}
