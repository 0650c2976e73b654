import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Reentrant calls of a client") struct ReentrancyTests {
    private struct CallingObserver: FetchObserver {
        let call: @Sendable () -> Void

        func record(_ event: FetchEvent) { call() }
    }

    @Test func `the random source, the wall clock, the observer and the retry handler may call the client`()
        async throws
    {
        let harness = SchedulingHarness { _, time in time < .seconds(5) ? FetchResponse(status: 503) : nil }
        let job = try JobReference("test.job:8")
        let sharedClient = Mutex<FetchClient?>(nil)
        let calls = Mutex(0)
        let call: @Sendable () -> Void = {
            guard let client = sharedClient.withLock({ $0 }) else { return }
            client.wake(job)
            calls.withLock { $0 += client.statistics.isEmpty && client.durations.isEmpty ? 1 : 2 }
        }
        let client = FetchClient(
            registry: try EndpointRegistry(TextStateEndpoint()),
            transport: harness,
            credentials: .none,
            configuration: FetchClient.Configuration(observer: CallingObserver(call: call)),
            environment: FetchClient.Environment(
                clock: harness.clock,
                wallClock: {
                    call()
                    return harness.clock.date
                },
                random: {
                    call()
                    return 0.5
                }
            )
        )
        sharedClient.withLock { $0 = client }
        let outcomes = try await harness.clock.run {
            async let single = client.result(TextStateEndpoint(), id: "8")
            let jobs = [QueuedJob(job, submitted: Submission(at: harness.clock.date))]
            let outcomes = try await client.outcomes(of: jobs).reduce(0) { count, _ in count + 1 }
            _ = try await single
            return outcomes
        }
        sharedClient.withLock { $0 = nil }
        #expect(outcomes == 1)
        #expect(calls.withLock { $0 } > 10)
    }

    /// A schedule that calls its client before it decides.
    private struct CallingSchedule: PollingSchedule {
        let call: @Sendable () -> Void

        func gap(at moment: PollingMoment) -> Duration {
            call()
            return .seconds(10)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a schedule may call its client while it decides`() async throws {
        let harness = SchedulingHarness()
        let job = try JobReference("test.job:35")
        let sharedClient = Mutex<FetchClient?>(nil)
        let seen = EventLog<Int>()
        let schedule = CallingSchedule {
            guard let client = sharedClient.withLock({ $0 }) else { return }
            seen.record(client.statistics["test.job"]?.requests ?? 0)
            client.wake(job)
            _ = client.durations
        }
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(3600), schedule: schedule))
        sharedClient.withLock { $0 = client }
        let output = try await harness.clock.run {
            async let named = client.result(job)
            async let typed = client.result(TextStateEndpoint(), id: "35")
            _ = try await named
            return try await typed
        }
        sharedClient.withLock { $0 = nil }
        #expect(output == "output 35")
        // The schedule decided, and saw the statistics of the requests before.
        #expect(seen.events.contains(1) && seen.events == seen.events.sorted(), "\(seen.events)")
        // A wake-up can't shorten the minimum gap of one second.
        let times = harness.times(of: "35")
        #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 >= .seconds(1) }, "\(times)")
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
    }
}
