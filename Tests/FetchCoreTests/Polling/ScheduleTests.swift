import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Schedules without an ETA") struct ScheduleTests {
    private static let growths: [(factor: Double, gaps: [Double])] = [
        (2, [1, 2, 4, 8, 16]), (1, [1, 1, 1, 1, 1]), (3, [1, 3, 9, 27, 81]), (0.5, [1, 0.5, 0.25]),
    ]

    @Test func `a fixed schedule gives the same gap for every moment`() {
        let schedule = FixedSchedule(.seconds(4))
        for requests in [0, 1, 100] {
            let moment = PollingMoment(age: .seconds(requests), expectedAge: .seconds(9), requests: requests)
            #expect(schedule.gap(at: moment) == .seconds(4))
        }
    }

    @Test func `a fixed schedule polls at its interval`() async {
        let harness = PollingHarness.job(readyAt: .seconds(20), policy: PollingPolicy(schedule: .fixed(.seconds(6))))
        _ = await harness.poll()
        #expect(harness.requestTimes == [0, 6, 12, 18, 24].map { .seconds($0) })
    }

    @Test(arguments: Self.growths)
    func `the gap of an exponential schedule grows by its factor with each request`(factor: Double, gaps: [Double]) {
        let schedule = ExponentialSchedule(first: .seconds(1), factor: factor)
        let found = gaps.indices.map { schedule.gap(at: PollingMoment(age: .zero, requests: $0 + 1)) }
        #expect(found == gaps.map { .seconds($0) })
    }

    @Test func `an exponential schedule polls at growing gaps up to the maximum gap`() async {
        let policy = PollingPolicy(maximumGap: .seconds(20), schedule: .exponential(first: .seconds(3)))
        let harness = PollingHarness.job(readyAt: .seconds(60), policy: policy)
        _ = await harness.poll()
        #expect(harness.gaps == [3, 6, 12, 20, 20].map { .seconds($0) })
    }

    @Test func `an exponential schedule is finite after any number of requests`() {
        for requests in [Int.min, -1, 0, 1, 2_000, .max] {
            for factor in [0, -2, 2, 1e300, .nan, .infinity, -.infinity] as [Double] {
                let schedule = ExponentialSchedule(first: .seconds(1), factor: factor)
                let gap = schedule.gap(at: PollingMoment(age: .zero, requests: requests))
                #expect(gap >= .zero && gap <= .seconds(3_155_760_000.0))
            }
        }
    }

    @Test func `a custom schedule receives the age, the expected age and the number of requests`() async {
        let policy = PollingPolicy(schedule: PropertyCheckingSchedule())
        let harness = PollingHarness([.pending(eta: 50), .connectionLost, .pending, .done], policy: policy)
        _ = await harness.poll(submitted: Submission(at: harness.clock.date.addingTimeInterval(-100)))
        // The gap after the error is the 1 s of the jitter. The third request follows 7 s after the start of polling.
        #expect(harness.gaps == [.seconds(6), .seconds(1), .seconds(8)])
    }

    /// A schedule whose gap encodes which properties of the moment have the expected values.
    private struct PropertyCheckingSchedule: PollingSchedule {
        func gap(at moment: PollingMoment) -> Duration {
            let knowsAge = moment.age == .seconds(100) || moment.age == .seconds(107)
            let knowsExpectation = moment.expectedAge == .seconds(150)
            return .seconds((knowsAge ? 2 : 0) + (knowsExpectation ? 3 : 0) + moment.requests)
        }
    }
}
