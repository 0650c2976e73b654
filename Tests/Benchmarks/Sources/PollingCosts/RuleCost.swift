import Foundation

/// What a rule cost on a trace.
package struct RuleCost: Sendable {
    /// Whether a rule met each job without knowledge, or had learned from others.
    package enum Mode: String, Sendable {
        case cold, warm
    }

    /// How many jobs are learned from before the first is scored.
    package static let jobsToWarmUp = 500

    package var trace: String
    package var rule: String
    package var mode: Mode

    /// Averages per job.
    package var requests: Double
    package var delayMean: Double

    package var delayMedian: Double
    package var delayP99: Double

    /// The least possible cost per job.
    package var optimum: Double

    /// Requests and seconds of delay per job.
    package var cost: Double { requests + delayMean }

    /// The cost as a multiple of the least possible.
    package var ratio: Double { cost / optimum }

    /// Sums up how jobs were watched, of which there is at least one.
    package init(trace: String, rule: String, mode: Mode, watches: [Watch], optimum: Double) {
        self.trace = trace
        self.rule = rule
        self.mode = mode
        self.optimum = optimum
        let count = Double(watches.count)
        let delays = watches.map(\.delay).sorted()
        requests = Double(watches.reduce(0) { $0 + $1.requests }) / count
        delayMean = delays.reduce(0, +) / count
        delayMedian = delays[delays.count / 2]
        delayP99 = delays[min(delays.count * 99 / 100, delays.count - 1)]
    }

    /// The jobs of a trace that count.
    ///
    /// - Throws: ``TraceError`` where there are none.
    package static func scored(_ trace: Trace, mode: Mode) throws(TraceError) -> ArraySlice<TracedJob> {
        let unscored = mode == .warm ? jobsToWarmUp : 0
        guard trace.jobs.count > unscored else {
            let message =
                "there are \(trace.jobs.count) jobs, and --warm takes \(unscored) before the first that counts"
            throw TraceError(trace.name, message)
        }
        return trace.jobs[unscored...]
    }

    /// Measures the default schedule and all peers on a trace.
    ///
    /// - Throws: ``TraceError`` where there are too few jobs.
    package static func all(on trace: Trace, mode: Mode) async throws -> [RuleCost] {
        let scored = Array(try scored(trace, mode: mode))
        let optimum = Optimum.cost(of: scored)
        var watcher = Watcher(learns: mode == .warm)
        var watches: [Watch] = []
        for job in trace.jobs { watches.append(try await watcher.watch(job)) }
        func measurement(_ rule: String, _ watches: [Watch]) -> RuleCost {
            RuleCost(trace: trace.name, rule: rule, mode: mode, watches: watches, optimum: optimum)
        }
        let peers = Rule.peers.map { rule in
            var random = SplitMix(seed: 1)
            return measurement(rule.name, scored.map { rule.watch($0.duration, random: &random) })
        }
        return [measurement("default", Array(watches.suffix(scored.count)))] + peers
    }
}

/// What a rule cost on all traces.
package struct Summary: Sendable {
    package var rule: String
    package var mode: RuleCost.Mode
    package var geometricMean: Double
    package var worst: Double
    package var worstTrace: String

    /// Sums up measurements of one rule, of which there is at least one.
    package init(_ measurements: [RuleCost]) {
        let worst = measurements.max { $0.ratio < $1.ratio } ?? measurements[0]
        rule = worst.rule
        mode = worst.mode
        geometricMean = exp(measurements.reduce(0) { $0 + log($1.ratio) } / Double(measurements.count))
        self.worst = worst.ratio
        worstTrace = worst.trace
    }

    /// One for each rule, in their order.
    package static func all(of measurements: [RuleCost]) -> [Summary] {
        var rules: [String] = []
        for measurement in measurements where !rules.contains(measurement.rule) { rules.append(measurement.rule) }
        return rules.map { rule in Summary(measurements.filter { $0.rule == rule }) }
    }
}
