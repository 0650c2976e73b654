import PollingCosts
import TestSupport
import Testing

@Suite("Optimal polling cost")
struct OptimumTests {
    /// Returns the minimum cost over all sets of polling times.
    private func exhaustiveMinimum(_ durations: [Double]) -> Double {
        let times = Array(Set(durations)).sorted()
        let sets = 1 << (times.count - 1)
        return (0..<sets).map { set in
            let polls = times.indices.filter { $0 == times.count - 1 || set >> $0 & 1 == 1 }.map { times[$0] }
            return durations.reduce(0) { sum, duration in
                let index = polls.firstIndex { $0 >= duration } ?? 0
                return sum + Double(index + 1) + polls[index] - duration
            } / Double(durations.count)
        }.min() ?? 0
    }

    @Test func `the optimum equals the best of all schedules`() {
        var random = SplitMix64(seed: 2)
        for count in 1...9 {
            for _ in 0..<20 {
                let scale = Double.random(in: 0.5...20, using: &random)
                let durations = (0..<count).map { _ in (scale * Double.random(in: 0...4, using: &random)).rounded() }
                let found = Optimum.least(durations.sorted(), secondsPerUnit: 1)
                #expect(abs(found - exhaustiveMinimum(durations)) < 1e-9, "\(durations)")
            }
        }
    }

    @Test func `jobs with equal durations cost one request`() {
        #expect(Optimum.cost(of: Array(repeating: TracedJob(duration: 42.5), count: 2_000)) == 1)
    }

    @Test func `the optimum uses ETAs if they reduce the cost`() {
        let exact = (1...150).map { TracedJob(duration: Double($0), eta: Double($0) / 3) }
        #expect(abs(Optimum.cost(of: exact) - 1) < 1e-9)
        let useless = (1...150).map { TracedJob(duration: 5, eta: Double($0)) }
        #expect(abs(Optimum.cost(of: useless) - 1) < 1e-9)
    }

    @Test func `jobs with and without an ETA are optimised separately`() {
        let jobs = [TracedJob(duration: 5), TracedJob(duration: 50, eta: 50), TracedJob(duration: 5, eta: 0)]
        #expect(abs(Optimum.cost(of: jobs) - 1) < 1e-9)
    }
}
