import FetchCore
import FetchTesting
import Testing

@Suite struct `A policy of absurd values` {
    private static let absurd: [Duration] = [
        .seconds(Int64.min), .seconds(-1), .nanoseconds(-1), .zero, .nanoseconds(1),
        .seconds(3_155_760_000), .seconds(Int64.max),
    ]

    private static let schedules: [any PollingSchedule] =
        absurd.map { .fixed($0) } + absurd.map { .exponential(first: $0) } + [.leastCost]
        + [0, -1, -0.5, 1e300, .nan, .infinity, -.infinity, .leastNonzeroMagnitude].map {
            .exponential(first: .seconds(1), factor: $0)
        }
        + [0, -1, 1e300, .nan, .infinity, -.infinity].map { .leastCost(secondsPerRequest: $0) }

    @Test(arguments: absurd, absurd)
    func `in floor and ceiling neither spins nor sleeps for ever`(floor: Duration, ceiling: Duration) async {
        let policy = PollingPolicy(deadline: .seconds(30), minimumGap: floor, maximumGap: ceiling)
        let office = Office.job(readyAt: .seconds(20), latency: .milliseconds(100), policy: policy)
        let course = await office.wait()
        #expect(course.output == "parcel")
        #expect(course.end <= .seconds(30))
        #expect(office.gaps.allSatisfy { $0 >= .milliseconds(10) })
    }

    @Test(arguments: absurd)
    func `in the deadline ends`(deadline: Duration) async {
        let office = Office(
            [.waiting, .waiting, .done.after(.milliseconds(10))],
            policy: PollingPolicy(deadline: deadline)
        )
        let course = await office.wait()
        #expect(course.output == "parcel" || course.fetchError?.code == .deadlineExceeded)
        #expect(course.end <= max(deadline, .milliseconds(1)))
        #expect(office.requestTimes.first == .zero)
    }

    @Test(arguments: absurd)
    func `in the request timeout ends`(timeout: Duration) async {
        let policy = PollingPolicy(deadline: .seconds(60), requestTimeout: timeout, toleratedErrors: 3)
        let course = await Office([.silence], policy: policy).wait()
        #expect(course.fetchError != nil)
        #expect(course.end <= .seconds(60))
    }

    @Test(arguments: schedules.indices)
    func `in the schedule is brought between floor and ceiling`(index: Int) async {
        let policy = PollingPolicy(deadline: .seconds(300), schedule: Self.schedules[index])
        let office = Office([.waiting], policy: policy)
        #expect(await office.wait().fetchError?.code == .deadlineExceeded)
        #expect(
            office.gaps.dropLast().allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) },
            "\(Self.schedules[index])"
        )
    }

    @Test(arguments: absurd)
    func `in a schedule of one's own is brought between floor and ceiling`(gap: Duration) async {
        let policy = PollingPolicy(deadline: .seconds(300), schedule: Whim(gap: gap))
        let office = Office([.waiting], policy: policy)
        #expect(await office.wait().fetchError?.code == .deadlineExceeded)
        #expect(office.gaps.dropLast().allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(60) })
    }

    @Test(arguments: absurd)
    func `doesn't trap a real clock`(duration: Duration) async throws {
        let policy = PollingPolicy(
            deadline: max(duration, .seconds(3_600)),
            requestTimeout: max(duration, .seconds(3_600)),
            minimumGap: duration,
            maximumGap: duration,
            notFoundGrace: duration
        )
        let transport = ScriptedTransport([.done])
        for clock in [ContinuousClock(), SuspendingClock()] as [any Clock<Duration>] {
            let client = FetchClient(transport: transport, credentials: .none, policy: policy, clock: clock)
            #expect(try await client.result(Parcel(), id: 7) == "parcel")
        }
    }

    @Test func `of one call outranks the client's`() async {
        let office = Office([.waiting], policy: PollingPolicy(deadline: .seconds(5)))
        let course = await office.wait(policy: PollingPolicy(deadline: .seconds(500)))
        #expect(course.end > .seconds(499))
    }

    private struct Whim: PollingSchedule {
        var gap: Duration

        func gap(at moment: PollingMoment) -> Duration { gap }
    }
}
