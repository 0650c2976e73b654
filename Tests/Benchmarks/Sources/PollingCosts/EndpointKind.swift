package import FetchCore
import Foundation

/// The jobs of an endpoint with ETAs, grouped by ETA.
package struct EndpointKind: Sendable {
    /// The trace's name, or the kind's parameters.
    package var name: String

    /// The durations in seconds for each ETA, in ascending order.
    private let groups: [(eta: Double, durations: [Double])]

    /// The minimum cost per job.
    package let optimum: Double

    /// Creates jobs with one ETA and log-normal durations, represented by 100 quantiles of their distribution.
    ///
    /// - Parameters:
    ///   - factor: The median duration as a multiple of the ETA.
    ///   - spread: The standard deviation of the duration's natural logarithm.
    ///   - eta: The ETA in seconds.
    package init(factor: Double, spread: Double, eta: Double) {
        let quantiles = Self.normalQuantiles.map { eta * factor * exp(spread * $0) }
        name = "\(factor) × \(Int(eta)) s, spread \(spread)"
        groups = [(eta, quantiles)]
        optimum = Optimum.least(quantiles, secondsPerUnit: 1)
    }

    /// Creates the jobs of a trace that have an ETA. Fails if there is none.
    package init?(_ trace: Trace) {
        let jobs = trace.jobs.filter { ($0.eta ?? 0) > 0 }
        guard !jobs.isEmpty else { return nil }
        name = trace.name
        groups = Dictionary(grouping: jobs) { $0.eta ?? 0 }
            .map { (eta: $0.key, durations: $0.value.map(\.duration).sorted()) }
            .sorted { $0.eta < $1.eta }
        optimum = Optimum.cost(of: jobs)
    }

    /// All combinations of eight factors from 0.2 to 3, three spreads and three ETAs.
    package static let grid: [EndpointKind] = [0.2, 0.33, 0.5, 0.7, 1, 1.4, 2, 3].flatMap { factor in
        [0.1, 0.25, 0.6].flatMap { spread in
            [20.0, 60, 180].map { EndpointKind(factor: factor, spread: spread, eta: $0) }
        }
    }

    /// Returns a schedule's cost per job without learned durations, as a multiple of the optimum.
    ///
    /// Gaps are clamped to the limits of the default policy.
    package func ratio(of schedule: LeastCostSchedule) -> Double {
        let policy = PollingPolicy()
        var cost = 0.0
        for (eta, durations) in groups {
            var age = 0.0
            var requests = 0
            for duration in durations {
                while age < duration || requests == 0 {
                    let moment = PollingMoment(
                        age: .seconds(age),
                        expectedAge: .seconds(eta),
                        requests: requests
                    )
                    age += min(max(schedule.gap(at: moment), policy.minimumGap), .seconds(60)) / .seconds(1)
                    requests += 1
                }
                cost += Double(requests) + age - duration
            }
        }
        return cost / Double(groups.reduce(0) { $0 + $1.durations.count }) / optimum
    }

    private static let normalQuantiles: [Double] = (0..<100).map { index in
        let probability = (Double(index) + 0.5) / 100
        var range = -8.0...8.0
        for _ in 0..<60 {
            let middle = (range.lowerBound + range.upperBound) / 2
            let isBelow = erfc(-middle / 2.0.squareRoot()) / 2 < probability
            range = isBelow ? middle...range.upperBound : range.lowerBound...middle
        }
        return range.lowerBound
    }
}
