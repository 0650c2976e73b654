/// The least that watching jobs can cost for somebody who knows their distribution.
package enum Optimum {
    /// How many quantiles stand for a distribution.
    ///
    /// Fewer than there are jobs, so that the optimum is the distribution's and not that of knowing each job.
    static let quantiles = 600

    /// The least average cost per job.
    ///
    /// Jobs without an ETA are one distribution. Jobs with one are too, of their durations or of their durations as
    /// multiples of the ETA, whichever costs less: an optimal schedule may be another for each ETA.
    package static func cost(of jobs: [TracedJob]) -> Double {
        let silent = jobs.filter { ($0.eta ?? 0) <= 0 }
        let foretold = jobs.filter { ($0.eta ?? 0) > 0 }
        var sum = Double(silent.count) * cost(of: silent.map(\.duration))
        if !foretold.isEmpty {
            let plain = cost(of: foretold.map(\.duration))
            sum += Double(foretold.count) * min(plain, givenETA(foretold))
        }
        return sum / Double(jobs.count)
    }

    private static func givenETA(_ jobs: [TracedJob]) -> Double {
        let ratios = thinned(jobs.map { $0.duration / ($0.eta ?? 1) })
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
        durations.isEmpty ? 0 : least(thinned(durations), secondsPerUnit: 1)
    }

    /// The middles of equal parts of a distribution, linearly interpolated between jobs.
    static func thinned(_ numbers: [Double]) -> [Double] {
        let sorted = numbers.sorted()
        guard sorted.count > quantiles else { return sorted }
        return (0..<quantiles).map { index in
            let place = (Double(index) + 0.5) / Double(quantiles) * Double(sorted.count - 1)
            let lower = min(Int(place), sorted.count - 2)
            return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
        }
    }

    /// The least average cost of watching jobs that take each of these times with the same probability.
    ///
    /// A dynamic programme, from the longest job to the shortest: after a request at one of the times, the next one is best
    /// made at another, since between two of them it would find the same jobs later. A request costs one, and so does a
    /// second of delay.
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
