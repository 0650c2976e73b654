import FetchCore
import FetchTesting
import Testing

@Suite("Deadlines of several subscribers to one job") struct SubscriberDeadlineTests {
    private let longDeadline = PollingPolicy(deadline: .seconds(3600), requestTimeout: .seconds(600))
    private let shortDeadline = PollingPolicy(deadline: .seconds(20), requestTimeout: .seconds(600))

    @Test func `the shorter deadline holds while a request of another subscriber is in flight`() async throws {
        let harness = SchedulingHarness(latency: .seconds(100))
        let client = try harness.client(policy: longDeadline)
        try await harness.clock.run {
            async let output = client.result(TextStateEndpoint(), id: "0")
            try await harness.clock.sleep(for: .seconds(10))
            let error = await #expect(throws: FetchError.self) {
                try await client.result(TextStateEndpoint(), id: "0", policy: shortDeadline)
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(abs(harness.clock.elapsed.seconds - 30) < 0.1)
            #expect(try await output == "output 0")
        }
        #expect(harness.times(of: "0") == [.zero])
    }

    @Test func `the shorter deadline holds while a single fetch is in flight`() async throws {
        let harness = SchedulingHarness(latency: .seconds(100))
        let client = try harness.client(policy: longDeadline)
        try await harness.clock.run {
            async let state = client.fetch(TextStateEndpoint(), id: "0")
            try await harness.clock.sleep(for: .seconds(10))
            await #expect(throws: FetchError.self) {
                try await client.result(TextStateEndpoint(), id: "0", policy: shortDeadline)
            }
            #expect(abs(harness.clock.elapsed.seconds - 30) < 0.1)
            _ = try await state
        }
    }

    @Test func `the shorter deadline holds while the job is queued for another subscriber`() async throws {
        let harness = SchedulingHarness(latency: .seconds(100))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1), policy: longDeadline)
        try await harness.clock.run {
            async let first = client.result(TextStateEndpoint(), id: "0-first")
            try await harness.clock.sleep(for: .seconds(1))
            async let second = client.result(TextStateEndpoint(), id: "0-second")
            try await harness.clock.sleep(for: .seconds(9))
            await #expect(throws: FetchError.self) {
                try await client.result(TextStateEndpoint(), id: "0-second", policy: shortDeadline)
            }
            #expect(abs(harness.clock.elapsed.seconds - 30) < 0.1)
            _ = try await (first, second)
        }
    }

    @Test func `a queued job is rescheduled when the subscriber that requested the poll leaves`() async throws {
        let harness = SchedulingHarness(latency: .seconds(40))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(
                deadline: .seconds(3600),
                requestTimeout: .seconds(600),
                schedule: .fixed(.seconds(50))
            )
        )
        let frequent = PollingPolicy(deadline: .seconds(3600), minimumGap: .seconds(1), schedule: .fixed(.seconds(1)))
        try await harness.clock.run {
            // The first request takes from 0 to 40 s. The infrequent subscriber polls again at 90 s, the frequent one
            // at 41 s, but that one leaves at 60 s.
            async let infrequent = client.result(TextStateEndpoint(), id: "70")
            async let other = client.result(TextStateEndpoint(), id: "0-other")
            let error = await harness.cancelling(after: .seconds(60)) {
                try await client.result(TextStateEndpoint(), id: "70", policy: frequent)
            }
            #expect(error is CancellationError)
            _ = try await (infrequent, other)
        }
        #expect(harness.times(of: "0-other") == [.seconds(40)])
        #expect(harness.times(of: "70") == [.zero, .seconds(90)])
    }

    @Test func `a queued job is not polled if the only remaining subscriber has no demand`() async throws {
        let harness = SchedulingHarness(latency: .seconds(40))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1), policy: longDeadline)
        try await harness.clock.run {
            var idle = client.updates(TextStateEndpoint(), id: "900").makeAsyncIterator()
            _ = try await idle.next()
            async let other = client.result(TextStateEndpoint(), id: "0-other")
            try await harness.clock.sleep(for: .seconds(1))
            let error = await harness.cancelling(after: .seconds(20)) {
                try await client.result(TextStateEndpoint(), id: "900")
            }
            #expect(error is CancellationError)
            _ = try await other
            try await harness.clock.sleep(for: .seconds(100))
        }
        #expect(harness.times(of: "900") == [.zero])
        #expect(client.statistics["test.job"]?.failures == 0)
    }
}
