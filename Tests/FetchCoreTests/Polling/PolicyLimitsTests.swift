import FetchCore
import FetchTesting
import Testing

@Suite("Polling policies with extreme values") struct PolicyLimitsTests {
    private static let extremes: [Duration] = [
        .seconds(Int64.min), .seconds(-1), .nanoseconds(-1), .zero, .nanoseconds(1),
        .seconds(3_155_760_000.0), .seconds(Int64.max),
    ]

    private static let schedules: [any PollingSchedule] =
        extremes.map { .fixed($0) } + extremes.map { .exponential(first: $0) } + [.leastCost]
        + [0, -1, -0.5, 1e300, .nan, .infinity, -.infinity, .leastNonzeroMagnitude].map {
            .exponential(first: .seconds(1), factor: $0)
        }
        + [0, -1, 1e300, .nan, .infinity, -.infinity].map { .leastCost(secondsPerRequest: $0) }

    @Test(arguments: extremes, extremes)
    func `extreme minimum and maximum gaps neither poll in a busy loop nor sleep for ever`(
        floor: Duration,
        ceiling: Duration
    ) async {
        let policy = PollingPolicy(deadline: .seconds(30), minimumGap: floor, maximumGap: ceiling)
        let harness = PollingHarness.job(readyAt: .seconds(20), latency: .milliseconds(100), policy: policy)
        let run = await harness.poll()
        #expect(run.output == "output")
        #expect(run.end <= .seconds(30))
        #expect(harness.gaps.allSatisfy { $0 >= .milliseconds(10) })
    }

    @Test(arguments: extremes)
    func `polling ends whatever the deadline`(deadline: Duration) async {
        let harness = PollingHarness(
            [.pending, .pending, .done.after(.milliseconds(10))],
            policy: PollingPolicy(deadline: deadline)
        )
        let run = await harness.poll()
        #expect(run.output == "output" || run.fetchError?.code == .deadlineExceeded)
        #expect(run.end <= max(deadline, .milliseconds(1)))
        #expect(harness.requestTimes.first == .zero)
    }

    @Test(arguments: extremes)
    func `polling ends whatever the request timeout`(timeout: Duration) async {
        let policy = PollingPolicy(deadline: .seconds(60), requestTimeout: timeout, toleratedErrors: 3)
        let run = await PollingHarness([.silence], policy: policy).poll()
        #expect(run.fetchError != nil)
        #expect(run.end <= .seconds(60))
    }

    @Test(arguments: schedules.indices)
    func `the gaps of a schedule are clamped to the policy's range`(index: Int) async {
        let policy = PollingPolicy(deadline: .seconds(300), schedule: Self.schedules[index])
        let harness = PollingHarness([.pending], policy: policy)
        #expect(await harness.poll().fetchError?.code == .deadlineExceeded)
        #expect(
            harness.gaps.dropLast().allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) },
            "\(Self.schedules[index])"
        )
    }

    @Test(arguments: extremes)
    func `the gaps of a custom schedule are clamped to the policy's range`(gap: Duration) async {
        let policy = PollingPolicy(deadline: .seconds(300), schedule: ConstantSchedule(gap: gap))
        let harness = PollingHarness([.pending], policy: policy)
        #expect(await harness.poll().fetchError?.code == .deadlineExceeded)
        #expect(harness.gaps.dropLast().allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) })
    }

    @Test(arguments: extremes)
    func `no duration traps a real clock`(duration: Duration) async throws {
        let policy = PollingPolicy(
            deadline: max(duration, .seconds(3_600)),
            requestTimeout: max(duration, .seconds(3_600)),
            minimumGap: duration,
            maximumGap: duration,
            notFoundGrace: duration
        )
        let transport = ScriptedTransport([.done])
        for clock in [ContinuousClock(), SuspendingClock()] as [any Clock<Duration>] {
            let client = FetchClient(
                transport: transport,
                credentials: .none,
                configuration: FetchClient.Configuration(policy: policy),
                environment: FetchClient.Environment(clock: clock)
            )
            #expect(try await client.result(JSONStateEndpoint(), id: 7) == "output")
        }
    }

    @Test func `the policy of a call takes precedence over that of the client`() async {
        let harness = PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(5)))
        let run = await harness.poll(policy: PollingPolicy(deadline: .seconds(500)))
        #expect(run.end > .seconds(499))
    }

    private struct ConstantSchedule: PollingSchedule {
        var gap: Duration

        func gap(at moment: PollingMoment) -> Duration { gap }
    }
}
