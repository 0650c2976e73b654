/// The minimum cost of polling jobs with a known distribution of durations.
package enum Optimum {
    /// The number of quantiles that represent a distribution.
    ///
    /// It is smaller than the number of jobs, so that the optimum doesn't rely on the exact duration of each job.
    static let quantileCount = 600

    /// Returns the minimum average cost per job.
    ///
    /// Jobs without an ETA form one distribution. Jobs with an ETA form another one, either of their durations or of
    /// their durations as multiples of the ETA, whichever costs less. In the second case, each ETA has its own optimal
    /// schedule.
    package static func cost(of jobs: [TracedJob]) -> Double {
        let withoutETA = jobs.filter { ($0.eta ?? 0) <= 0 }
        let withETA = jobs.filter { ($0.eta ?? 0) > 0 }
        var sum = Double(withoutETA.count) * cost(of: withoutETA.map(\.duration))
        if !withETA.isEmpty {
            let plain = cost(of: withETA.map(\.duration))
            sum += Double(withETA.count) * min(plain, givenETA(withETA))
        }
        return sum / Double(jobs.count)
    }

    private static func givenETA(_ jobs: [TracedJob]) -> Double {
        let ratios = quantiles(of: jobs.map { $0.duration / ($0.eta ?? 1) })
        var known: [Double: Double] = [:]
        var sum = 0.0
        for job in jobs {
            let eta = job.eta ?? 1
            let cost = known[eta] ?? least(ratios, secondsPerUnit: eta)
            known[eta] = cost
            sum += cost
        }
        return sum / Double(jobs.count)
    }

    private static func cost(of durations: [Double]) -> Double {
        durations.isEmpty ? 0 : least(quantiles(of: durations), secondsPerUnit: 1)
    }

    /// Returns quantiles at the midpoints of equal parts of a distribution, with linear interpolation.
    static func quantiles(of numbers: [Double]) -> [Double] {
        let sorted = numbers.sorted()
        guard sorted.count > quantileCount else { return sorted }
        return (0..<quantileCount).map { index in
            let position = (Double(index) + 0.5) / Double(quantileCount) * Double(sorted.count - 1)
            let lower = min(Int(position), sorted.count - 2)
            return sorted[lower] + (position - Double(lower)) * (sorted[lower + 1] - sorted[lower])
        }
    }

    /// Returns the minimum average cost of polling jobs whose duration is each of the sorted times with equal
    /// probability.
    ///
    /// The function uses dynamic programming from the longest duration to the shortest. An optimal schedule polls only
    /// at these times, since a request between two of them would find the same jobs later. A request costs as much as a
    /// second of delay.
    ///
    /// - Parameters:
    ///   - sorted: The durations in ascending order.
    ///   - secondsPerUnit: The unit of the durations in seconds.
    /// - Returns: The average number of requests plus the average delay in seconds.
    package static func least(_ sorted: [Double], secondsPerUnit: Double) -> Double {
        let count = sorted.count
        var rest = [Double](repeating: 0, count: count + 1)
        for first in stride(from: count - 1, through: 0, by: -1) {
            let requests = Double(count - first)
            var delay = 0.0
            var best = Double.infinity
            for next in first..<count {
                if next > first {
                    delay += Double(next - first) * (sorted[next] - sorted[next - 1]) * secondsPerUnit
                }
                if requests + delay >= best { break }
                if next + 1 < count, sorted[next + 1] == sorted[next] { continue }
                best = min(best, requests + delay + rest[next + 1])
            }
            rest[first] = best
        }
        return rest[0] / Double(count)
    }
}
