import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `What a client calls may call it back` {
    private struct Echo: FetchObserver {
        let call: @Sendable () -> Void

        func record(_ event: FetchEvent) { call() }
    }

    @Test func `while it draws numbers, reads the clock, records and retries`() async throws {
        let depot = Depot { _, time in time < .seconds(5) ? FetchResponse(status: 503) : nil }
        let job = try JobReference("depot.crate:8")
        let whole = Mutex<FetchClient?>(nil)
        let calls = Mutex(0)
        let call: @Sendable () -> Void = {
            guard let client = whole.withLock({ $0 }) else { return }
            client.wake(job)
            calls.withLock { $0 += client.statistics.isEmpty && client.durations.isEmpty ? 1 : 2 }
        }
        var client = FetchClient(
            registry: try EndpointRegistry(Crate()),
            transport: depot,
            credentials: .none,
            observer: Echo(call: call),
            clock: depot.clock,
            wallClock: {
                call()
                return depot.clock.date
            },
            random: {
                call()
                return 0.5
            }
        )
        client.onRetry = { _ in call() }
        whole.withLock { [client] in $0 = client }
        let outcomes = try await depot.clock.run { [client] in
            async let single = client.result(Crate(), id: "8")
            let jobs = [QueuedJob(job, submitted: Submission(at: depot.clock.date))]
            let outcomes = try await client.outcomes(of: jobs).reduce(0) { count, _ in count + 1 }
            _ = try await single
            return outcomes
        }
        whole.withLock { $0 = nil }
        #expect(outcomes == 1)
        #expect(calls.withLock { $0 } > 10)
    }
}
