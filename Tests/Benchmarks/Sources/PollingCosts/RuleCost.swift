import Foundation
import TestSupport

/// The cost of a polling rule on a trace.
package struct RuleCost: Sendable {
    package var trace: String
    package var rule: String
    package var mode: ScoringMode

    /// The average number of requests per job.
    package var requests: Double
    /// The average delay in seconds.
    package var delayMean: Double
    /// The median delay in seconds.
    package var delayMedian: Double
    /// The 99th percentile of the delay in seconds.
    package var delayP99: Double

    /// The minimum cost per job.
    package var optimum: Double

    /// The average number of requests plus the average delay in seconds.
    package var cost: Double { requests + delayMean }

    /// The cost as a multiple of the optimum.
    package var ratio: Double { cost / optimum }

    /// Aggregates polled jobs. The array must not be empty.
    package init(trace: String, rule: String, mode: ScoringMode, polledJobs: [PolledJob], optimum: Double) {
        self.trace = trace
        self.rule = rule
        self.mode = mode
        self.optimum = optimum
        let count = Double(polledJobs.count)
        let delays = polledJobs.map(\.delay).sorted()
        requests = Double(polledJobs.reduce(0) { $0 + $1.requests }) / count
        delayMean = delays.reduce(0, +) / count
        delayMedian = delays[delays.count / 2]
        delayP99 = delays[min(delays.count * 99 / 100, delays.count - 1)]
    }

    /// Measures the default schedule and all rules of other clients on a trace.
    ///
    /// - Parameters:
    ///   - trace: The trace.
    ///   - mode: The learning and scoring mode of the default schedule.
    /// - Returns: The cost of the default schedule, followed by those of the other clients.
    /// - Throws: ``TraceError`` if the trace has too few jobs for the mode.
    package static func all(on trace: Trace, mode: ScoringMode) async throws -> [RuleCost] {
        let runs = try mode.runs(of: trace)
        let scored = runs.flatMap(\.scored)
        let optimum = Optimum.cost(of: scored)
        var polledJobs: [PolledJob] = []
        for run in runs {
            var poller = JobPoller(learns: mode != .cold)
            for job in run.learned { _ = try await poller.poll(job) }
            for job in run.scored { polledJobs.append(try await poller.poll(job)) }
        }
        func measurement(_ rule: String, _ polledJobs: [PolledJob]) -> RuleCost {
            RuleCost(trace: trace.name, rule: rule, mode: mode, polledJobs: polledJobs, optimum: optimum)
        }
        let peers = PollingRule.peers.map { rule in
            var random = SplitMix64(seed: 1)
            return measurement(rule.name, scored.map { rule.poll($0.duration, random: &random) })
        }
        return [measurement("default", polledJobs)] + peers
    }
}
