import Foundation

/// The cost of a polling rule over all traces.
package struct Summary: Sendable {
    package var rule: String
    package var mode: ScoringMode
    package var geometricMean: Double
    package var worst: Double
    package var worstTrace: String

    /// Aggregates the measurements of one rule. The array must not be empty.
    package init(_ measurements: [RuleCost]) {
        let worst = measurements.max { $0.ratio < $1.ratio } ?? measurements[0]
        rule = worst.rule
        mode = worst.mode
        geometricMean = exp(measurements.reduce(0) { $0 + log($1.ratio) } / Double(measurements.count))
        self.worst = worst.ratio
        worstTrace = worst.trace
    }

    /// Returns a summary for each rule, in the order of their first measurements.
    package static func all(of measurements: [RuleCost]) -> [Summary] {
        var rules: [String] = []
        for measurement in measurements where !rules.contains(measurement.rule) { rules.append(measurement.rule) }
        return rules.map { rule in Summary(measurements.filter { $0.rule == rule }) }
    }
}
