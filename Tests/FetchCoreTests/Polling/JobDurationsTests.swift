import FetchCore
import Foundation
import TestSupport
import Testing

@Suite("Job duration estimates") struct JobDurationsTests {
    private func logNormal(_ count: Int, median: Double, width: Double, eta: Double? = nil) -> [PolledJob] {
        var random = SplitMix64(seed: UInt64(median) + UInt64(count))
        return (0..<count).map { _ in PolledJob(duration: median * exp(width * random.normal()), eta: eta) }
    }

    @Test(arguments: [3.0, 40, 900])
    func `constant durations need little more than one request per job`(duration: Double) {
        let job = PolledJob(duration: duration)
        let cold = JobDurations().cost(of: [job])
        let learned = JobDurations(learningFrom: Array(repeating: job, count: 60)).cost(of: [job])
        #expect(learned < 0.5 * cold + 1)
        #expect(learned < 2 + duration / 50)
    }

    @Test(arguments: [(2.0, 0.3), (30, 0.2), (30, 0.6), (400, 0.4)])
    func `durations of twenty jobs make polling cheaper`(median: Double, width: Double) {
        let jobs = logNormal(520, median: median, width: width)
        let cold = JobDurations().cost(of: Array(jobs[20...]))
        let learned = JobDurations(learningFrom: Array(jobs[..<20])).cost(of: Array(jobs[20...]))
        #expect(learned < 0.9 * cold)
    }

    @Test func `no requests are sent between the two modes of a bimodal distribution`() {
        let jobs = zip(logNormal(200, median: 2, width: 0.2), logNormal(200, median: 120, width: 0.2)).flatMap {
            [$0, $1]
        }
        let durations = JobDurations(learningFrom: jobs)
        let gap = LeastCostSchedule(durations: durations).gap(at: PollingMoment(age: .seconds(4)))
        #expect(durations.firstRequest() < 4)
        #expect(gap > .seconds(40) && gap < .seconds(120))
    }

    @Test func `new durations replace old ones`() {
        let before = JobDurations(learningFrom: logNormal(400, median: 20, width: 0.1))
        var durations = before
        for job in logNormal(1_500, median: 200, width: 0.1) {
            durations.learn(job.poll(LeastCostSchedule(durations: durations)).observation)
        }
        #expect(before.firstRequest() < 30)
        #expect(durations.firstRequest() > 120)
        #expect(durations.weight <= 200.01)
    }

    @Test func `each job counts, and the newest has weight 1`() {
        var durations = JobDurations()
        #expect(durations.isEmpty && durations.weight == 0)
        durations.learn(CompletedJob(pendingAt: nil, doneAt: .seconds(3)))
        #expect(!durations.isEmpty && abs(durations.weight - 1) < 1e-5)
        durations.learn(CompletedJob(pendingAt: .seconds(1), doneAt: .seconds(3), expectedAge: .seconds(9)))
        #expect(abs(durations.weight - 1.995) < 1e-5)
    }

    @Test func `uninformative ETAs are ignored after enough jobs`() {
        var random = SplitMix64(seed: 3)
        let jobs = logNormal(300, median: 60, width: 0.2).map { job in
            PolledJob(duration: job.duration, eta: 30 * exp(2 * random.normal()))
        }
        let durations = JobDurations(learningFrom: jobs)
        #expect(JobDurations().firstRequest(eta: 5) < 6)
        for eta in [1.0, 5, 60, 600] {
            #expect((30.0...65).contains(durations.firstRequest(eta: eta)), "\(eta)")
        }
    }

    @Test(arguments: [0.3, 1, 3])
    func `the systematic error of ETAs is learned`(factor: Double) {
        var random = SplitMix64(seed: 4)
        let jobs = (0..<300).map { _ in
            let eta = 60 * exp(random.normal())
            return PolledJob(duration: factor * eta * exp(0.1 * random.normal()), eta: eta)
        }
        let durations = JobDurations(learningFrom: jobs)
        for eta in [10.0, 20, 60] {
            let first = durations.firstRequest(eta: eta) / (factor * eta)
            #expect(first > 0.7 && first < 1.2, "\(eta)")
        }
    }

    @Test func `an interval-censored duration is weighted by the known distribution`() {
        var durations = JobDurations()
        for _ in 0..<50 { durations.learn(CompletedJob(took: .seconds(40))) }
        let known = durations.firstRequest()
        for _ in 0..<50 { durations.learn(CompletedJob(pendingAt: nil, doneAt: .seconds(400))) }
        #expect(abs(durations.firstRequest() - known) < 4)
    }

    @Test func `an exact duration counts like a narrow interval around it`() {
        var exact = JobDurations()
        var close = JobDurations()
        for _ in 0..<20 {
            exact.learn(CompletedJob(took: .seconds(50), expectedAge: .seconds(70)))
            close.learn(CompletedJob(pendingAt: .seconds(49.9), doneAt: .seconds(50.1), expectedAge: .seconds(70)))
        }
        #expect(abs(exact.firstRequest(eta: 70) - close.firstRequest(eta: 70)) < 1)
    }

    private static let extremes: [Duration] = [
        .seconds(Int64.min), .seconds(-1), .zero, .nanoseconds(1), .seconds(1), .seconds(1_000_000_000),
        .seconds(Int64.max),
    ]

    @Test(arguments: extremes, extremes)
    func `impossible durations leave the estimates finite`(pending: Duration, done: Duration) {
        var durations = JobDurations()
        for eta in Self.extremes.map(Optional.some) + [nil] {
            durations.learn(CompletedJob(pendingAt: pending, doneAt: done, expectedAge: eta))
            durations.learn(CompletedJob(took: done, expectedAge: eta))
        }
        #expect(durations.weight > 0 && durations.weight.isFinite)
        for eta in [nil, 0, 60, 1e9] as [Double?] {
            let first = durations.firstRequest(eta: eta)
            #expect(first > 0 && first.isFinite)
        }
    }
}
