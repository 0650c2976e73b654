import Foundation

/// What a rule cost on a trace.
package struct RuleCost: Sendable {
    package var trace: String
    package var rule: String
    package var mode: ScoringMode

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
    package init(trace: String, rule: String, mode: ScoringMode, watches: [Watch], optimum: Double) {
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

    /// Measures the default schedule and all peers on a trace.
    ///
    /// - Throws: ``TraceError`` if there are too few jobs.
    package static func all(on trace: Trace, mode: ScoringMode) async throws -> [RuleCost] {
        let runs = try mode.runs(of: trace)
        let scored = runs.flatMap(\.scored)
        let optimum = Optimum.cost(of: scored)
        var watches: [Watch] = []
        for run in runs {
            var watcher = Watcher(learns: mode != .cold)
            for job in run.learned { _ = try await watcher.watch(job) }
            for job in run.scored { watches.append(try await watcher.watch(job)) }
        }
        func measurement(_ rule: String, _ watches: [Watch]) -> RuleCost {
            RuleCost(trace: trace.name, rule: rule, mode: mode, watches: watches, optimum: optimum)
        }
        let peers = Rule.peers.map { rule in
            var random = SplitMix(seed: 1)
            return measurement(rule.name, scored.map { rule.watch($0.duration, random: &random) })
        }
        return [measurement("default", watches)] + peers
    }
}

/// What a rule cost on all traces.
package struct Summary: Sendable {
    package var rule: String
    package var mode: ScoringMode
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
