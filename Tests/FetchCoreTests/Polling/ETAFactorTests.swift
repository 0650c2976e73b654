import FetchCore
import Foundation
import TestSupport
import Testing

/// Tests with jobs that take a multiple of their ETA, by one factor per endpoint.
@Suite("ETAs wrong by a constant factor") struct ETAFactorTests {
    private static let factors = [0.2, 0.33, 0.5, 1, 1.5, 2, 3]

    private func jobs(_ count: Int, factor: Double, spread: Double = 0.25) -> [PolledJob] {
        var random = SplitMix64(seed: 12)
        return (0..<count).map { _ in
            let eta = 60 * exp(0.5 * random.normal())
            return PolledJob(duration: factor * eta * exp(spread * random.normal()), eta: eta)
        }
    }

    @Test(arguments: factors)
    func `polling without learned durations costs at most twice as much as after 300 jobs`(factor: Double) {
        let jobs = jobs(500, factor: factor)
        let cold = JobDurations().cost(of: Array(jobs[300...]))
        let learned = JobDurations(learningFrom: Array(jobs[..<300])).cost(of: Array(jobs[300...]))
        #expect(cold < 2 * learned, "\(cold / learned)")
    }

    @Test(arguments: [0.2, 0.5, 1, 1.5, 3])
    func `polling costs an eighth less after three jobs, and a quarter less after ten`(factor: Double) {
        let jobs = jobs(400, factor: factor)
        let scored = stride(from: 200, to: 400, by: 2).map { jobs[$0] }
        let cold = JobDurations().cost(of: scored)
        // Averages over 20 starting points, because any three jobs can be outliers.
        func average(after count: Int) -> Double {
            let costs = (0..<20).map {
                JobDurations(learningFrom: Array(jobs[$0 * 10..<$0 * 10 + count])).cost(of: scored)
            }
            return costs.reduce(0, +) / 20
        }
        let costs = (three: average(after: 3), ten: average(after: 10))
        #expect(costs.three < 0.875 * cold, "\(costs.three / cold)")
        #expect(costs.ten < 0.75 * cold, "\(costs.ten / cold)")
    }

    @Test(arguments: factors)
    func `each of the first three jobs moves the first request towards the actual duration`(factor: Double) {
        var durations = JobDurations()
        var last = durations.firstRequest(eta: 60)
        let isEarly = last < 50 * factor
        for _ in 0..<3 {
            durations.learn(CompletedJob(took: .seconds(60 * factor), expectedAge: .seconds(60)))
            let next = durations.firstRequest(eta: 60)
            #expect(isEarly ? next > last : next < last + 2, "\(last) to \(next)")
            last = next
        }
    }
}
