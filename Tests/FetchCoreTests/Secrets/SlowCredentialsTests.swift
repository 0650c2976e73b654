import Dispatch
import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Slow credentials") struct SlowCredentialsTests {
    @Test func `credentials that take ten seconds for one key in ten delay only the requests with that key`()
        async throws
    {
        let clock = VirtualClock()
        let endpoint = JSONStateEndpoint(authorization: .bearer)
        let number = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            let isSlow = number.withLock { number in
                number += 1
                return number.isMultiple(of: 10)
            }
            if isSlow { try await clock.sleep(for: .seconds(10)) }
            return APIKey("sk-canary-0123456789")
        }
        let client = PollingHarness([.done], clock: clock, credentials: credentials).client
        let ends = EventLog<Duration>()
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<30 {
                    group.addTask {
                        _ = try await client.result(endpoint, id: id)
                        ends.record(clock.elapsed)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(ends.events.count { $0 == .zero } == 27)
        #expect(ends.events.count { $0 == .seconds(10) } == 3)
    }

    @Test(.timeLimit(.minutes(1)))
    func `credentials that block their thread delay neither the deadlines nor the results of other waits`()
        async throws
    {
        let unblocked = DispatchSemaphore(value: 0)
        let blockedProvider = ConfigurableEndpoint<Int>(name: "slow.jobs", provider: "slow")
        let credentials = Credentials.dynamic { provider in
            // Calls of an async function can't block, so this goes through one that isn't.
            if provider == "slow" { Self.block(on: unblocked) }
            return APIKey("sk-canary-0123456789")
        }
        let pending = ConfigurableEndpoint<Int>(name: "example.pending", read: { _ in .pending })
        let registry = try EndpointRegistry(blockedProvider, pending, ConfigurableEndpoint<Int>())
        let client = FetchClient(
            scripted: ScriptedTransport([.json("{}")]),
            registry: registry,
            credentials: credentials,
            policy: PollingPolicy(deadline: .milliseconds(200))
        )
        // More than the shared pool has threads.
        let blocked = try (0..<16).map { QueuedJob(try JobReference("slow.jobs:\($0)")) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await outcome in client.outcomes(of: blocked) {
                    #expect(throws: FetchError.self) { try outcome.result.get() }
                }
            }
            group.addTask {
                let error = await #expect(throws: FetchError.self) { try await client.result(pending, id: 1) }
                #expect(error?.code == .deadlineExceeded)
            }
            group.addTask { _ = try await client.fetch(ConfigurableEndpoint<Int>(), id: 1) }
            try await group.waitForAll()
        }
        // All of them have ended while the functions are still blocked.
        for _ in 0..<1_000 { unblocked.signal() }
        #expect(await Eventually.holds { client.statistics["slow.jobs"]?.unreturnedCalls == 0 })
    }

    private static func block(on semaphore: DispatchSemaphore) { semaphore.wait() }
}
