import FetchCore
import Foundation
import TestSupport
import Testing

@Suite("Least-cost schedule") struct LeastCostScheduleTests {
    private func gap(_ schedule: LeastCostSchedule = .leastCost, age: Double, eta: Double? = nil) -> Double {
        schedule.gap(at: PollingMoment(age: .seconds(age), expectedAge: eta.map { .seconds($0) })).seconds
    }

    private static let learned: [JobDurations] = {
        var random = SplitMix64(seed: 5)
        let short = (0..<50).map { _ in PolledJob(duration: 3 * exp(0.3 * random.normal())) }
        let tracked = (0..<300).map { _ in
            let eta = 60 * exp(random.normal())
            return PolledJob(duration: 2 * eta * exp(0.2 * random.normal()), eta: eta)
        }
        return [JobDurations(), JobDurations(learningFrom: short), JobDurations(learningFrom: tracked)]
    }()

    private static let extremes: [Duration] = [
        .seconds(Int64.min), .seconds(-1), .zero, .nanoseconds(1), .seconds(1), .seconds(1_000_000_000),
        .seconds(Int64.max), .seconds(Int64.max) + .seconds(Int64.max),
    ]

    @Test(arguments: learned)
    func `the gap is above zero and below a hundred years at every moment`(durations: JobDurations) {
        var random = SplitMix64(seed: 20_260_101)
        for _ in 0..<500 {
            let age = Duration.seconds(pow(10, Double.random(in: -12...18, using: &random)))
            let eta = Duration.seconds(pow(10, Double.random(in: -12...18, using: &random)))
            let worth = pow(10, Double.random(in: -6...12, using: &random))
            let schedule = LeastCostSchedule(secondsPerRequest: worth, durations: durations)
            for expected in [nil, eta] {
                let gap = schedule.gap(at: PollingMoment(age: age, expectedAge: expected))
                #expect(gap > .zero && gap <= .seconds(3_155_760_000.0), "age \(age), ETA \(eta), worth \(worth)")
            }
        }
    }

    @Test(arguments: extremes, extremes)
    func `extreme ages and ETAs give a gap above zero`(age: Duration, eta: Duration) {
        for durations in Self.learned {
            for worth in [0, 1, 1e9] {
                let schedule = LeastCostSchedule(secondsPerRequest: worth, durations: durations)
                #expect(schedule.gap(at: PollingMoment(age: age, expectedAge: eta)) > .zero)
                #expect(schedule.gap(at: PollingMoment(age: age, requests: .min)) > .zero)
            }
        }
    }

    private static let worths: [(requested: Double, clamped: Double)] = [
        (0, 0.001), (-1, 0.001), (-.infinity, 0.001), (1e-300, 0.001), (.nan, 1), (1, 1), (60, 60), (1e300, 1e9),
        (.infinity, 1e9),
    ]

    @Test(arguments: worths)
    func `secondsPerRequest is clamped to its valid range`(requested: Double, clamped: Double) {
        #expect(LeastCostSchedule(secondsPerRequest: requested).secondsPerRequest == clamped)
    }

    @Test(arguments: [nil, 20, 100, 3_000] as [Double?])
    func `the number of requests falls with the square root of secondsPerRequest`(eta: Double?) {
        func requests(_ worth: Double) -> Double {
            let polled = PolledJob(duration: 4_000, eta: eta).poll(LeastCostSchedule(secondsPerRequest: worth))
            return Double(polled.requests)
        }
        for (low, high) in [(0.1, 1.0), (1, 10), (0.25, 25)] {
            let factor = requests(low) / requests(high)
            let root = (high / low).squareRoot()
            #expect(factor > root / 1.8 && factor < root * 1.8, "\(low) to \(high): \(factor), not \(root)")
        }
    }

    @Test(arguments: [15.0, 60, 300])
    func `requests are densest between a third of the ETA and the ETA`(eta: Double) {
        let first = gap(age: 0, eta: eta)
        #expect(first > 0.1 * eta && first < 0.5 * eta)
        #expect(gap(age: 0.4 * eta, eta: eta) < first)
        #expect(gap(age: 0.4 * eta, eta: eta) < gap(age: eta, eta: eta))
        #expect(gap(age: eta, eta: eta) < gap(age: 4 * eta, eta: eta))
    }

    @Test func `gaps grow like the square root of the age without an ETA`() {
        var last = gap(age: 10)
        for age in [40.0, 160, 640, 2_560, 10_240] {
            let next = gap(age: age)
            #expect(next > 1.5 * last && next < 2.6 * last, "\(age)")
            last = next
        }
    }

    @Test(arguments: [nil, 1, 60] as [Double?])
    func `the gap of a job that never ends is a small fraction of its age`(eta: Double?) {
        for age in stride(from: 1_000.0, to: 1e6, by: 9_973) {
            #expect(gap(age: age, eta: eta) < age / 8)
        }
    }

    /// The optimal gap *d* for exponential durations solves `e^(λd) − λd = 1 + λ·c` (Barlow, Hunter and Proschan).
    @Test(arguments: [(10.0, 1.0), (100, 1), (100, 9), (1_000, 4)])
    func `jobs that end at a constant rate get the optimal constant gap`(mean: Double, worth: Double) {
        var random = SplitMix64(seed: 11)
        var durations = JobDurations()
        for _ in 0..<2_000 {
            durations.learn(CompletedJob(took: .seconds(-mean * log(1 - Double.random(in: 0..<1, using: &random)))))
        }
        var product = 1.0
        for _ in 0..<60 { product = log(1 + worth / mean + product) }
        let schedule = LeastCostSchedule(secondsPerRequest: worth, durations: durations)
        let gaps = stride(from: 0.5, to: 1.5, by: 0.05).map { gap(schedule, age: $0 * mean) }
        let average = gaps.reduce(0, +) / Double(gaps.count)
        #expect(abs(average / (product * mean) - 1) < 0.15)
    }

    private static let documented: [(eta: Double?, jobs: Int, times: [Double])] = [
        (nil, 0, [4, 9, 15, 23, 32, 43, 55, 70, 85]),
        (60, 0, [14, 23, 32, 41, 51, 60, 70, 81, 91]),
        (60, 3, [23, 53, 66, 78, 86, 93, 99]),
        (60, 30, [79, 88, 94, 99, 104, 107]),
        (20, 30, [31, 35, 38, 45, 84, 91]),
    ]

    @Test(arguments: documented)
    func `the request times are those in the documentation`(eta: Double?, jobs: Int, times: [Double]) {
        var durations = JobDurations()
        for job in 0..<jobs {
            durations.learn(CompletedJob(took: .seconds(82 + 4 * (job % 7)), expectedAge: .seconds(60)))
        }
        var age = 0.0
        for time in times {
            age += gap(LeastCostSchedule(durations: durations), age: age, eta: eta)
            #expect(age.rounded() == time)
        }
    }

    @Test func `the durations of a moment take precedence over those of the schedule`() {
        let schedule = LeastCostSchedule(durations: Self.learned[1])
        var moment = PollingMoment(age: .zero, requests: 0)
        #expect(schedule.gap(at: moment) == LeastCostSchedule(durations: Self.learned[1]).gap(at: moment))
        moment.durations = JobDurations()
        #expect(schedule.gap(at: moment) == LeastCostSchedule().gap(at: moment))
        #expect(
            schedule.gap(at: moment) != LeastCostSchedule(durations: Self.learned[1]).gap(at: PollingMoment(age: .zero))
        )
    }

    @Test func `the least-cost schedule is the default`() {
        #expect(PollingPolicy().schedule as? LeastCostSchedule == LeastCostSchedule(secondsPerRequest: 1))
    }
}
