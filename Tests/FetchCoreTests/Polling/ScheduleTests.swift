import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `Schedules without an ETA` {
    private static let growths: [(factor: Double, gaps: [Double])] = [
        (2, [1, 2, 4, 8, 16]), (1, [1, 1, 1, 1, 1]), (3, [1, 3, 9, 27, 81]), (0.5, [1, 0.5, 0.25]),
    ]

    @Test func `fixed: the same gap whatever is known of the job`() {
        let schedule = FixedSchedule(.seconds(4))
        for requests in [0, 1, 100] {
            let moment = PollingMoment(age: .seconds(requests), expectedAge: .seconds(9), requests: requests)
            #expect(schedule.gap(at: moment) == .seconds(4))
        }
    }

    @Test func `fixed: asks at its interval`() async {
        let office = Office.job(readyAt: .seconds(20), policy: PollingPolicy(schedule: .fixed(.seconds(6))))
        _ = await office.wait()
        #expect(office.requestTimes == [0, 6, 12, 18, 24].map { .seconds($0) })
    }

    @Test(arguments: Self.growths)
    func `exponential: grows by its factor from request to request`(factor: Double, gaps: [Double]) {
        let schedule = ExponentialSchedule(first: .seconds(1), factor: factor)
        let found = gaps.indices.map { schedule.gap(at: PollingMoment(age: .zero, requests: $0 + 1)) }
        #expect(found == gaps.map { .seconds($0) })
    }

    @Test func `exponential: asks at growing gaps up to the ceiling`() async {
        let policy = PollingPolicy(maximumGap: .seconds(20), schedule: .exponential(first: .seconds(3)))
        let office = Office.job(readyAt: .seconds(60), policy: policy)
        _ = await office.wait()
        #expect(office.gaps == [3, 6, 12, 20, 20].map { .seconds($0) })
    }

    @Test func `exponential: is finite after any number of requests`() {
        for requests in [Int.min, -1, 0, 1, 2_000, .max] {
            for factor in [0, -2, 2, 1e300, .nan, .infinity, -.infinity] as [Double] {
                let schedule = ExponentialSchedule(first: .seconds(1), factor: factor)
                let gap = schedule.gap(at: PollingMoment(age: .zero, requests: requests))
                #expect(gap >= .zero && gap <= .seconds(3_155_760_000))
            }
        }
    }

    @Test func `one of one's own sees age, expectation and count`() async {
        let policy = PollingPolicy(schedule: Scripted())
        let office = Office([.waiting(eta: 50), .connectionLost, .waiting, .done], policy: policy)
        _ = await office.wait(submitted: Submission(at: office.clock.date.addingTimeInterval(-100)))
        // After the error: the jitter's 1 s. Then 2 s for the third request, made at 7 s of the wait.
        #expect(office.gaps == [.seconds(6), .seconds(1), .seconds(8)])
    }

    /// Waits a second for each thing that it knows as it should.
    private struct Scripted: PollingSchedule {
        func gap(at moment: PollingMoment) -> Duration {
            let knowsAge = moment.age == .seconds(100) || moment.age == .seconds(107)
            let knowsExpectation = moment.expectedAge == .seconds(150)
            return .seconds((knowsAge ? 2 : 0) + (knowsExpectation ? 3 : 0) + moment.requests)
        }
    }
}
