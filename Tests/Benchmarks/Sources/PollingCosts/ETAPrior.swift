package import FetchCore
import Foundation
package import TestSupport

/// A prior for a job's duration as a multiple of its ETA: a mixture of log-logistic distributions.
package struct ETAPrior: Sendable, Hashable {
    /// A log-logistic distribution, `F(r) = 1/(1 + (r/median)^−shape)`.
    package struct Part: Sendable, Hashable {
        /// The probability of this part. The weights of a prior sum to 1.
        package var weight: Double
        package var median: Double
        package var shape: Double

        package init(_ weight: Double, median: Double, shape: Double) {
            self.weight = weight
            self.median = median
            self.shape = shape
        }
    }

    package var parts: [Part]

    package init(_ parts: Part...) {
        self.parts = parts
    }

    /// Draws a mixture of two parts: weight 0.2 to 0.9, medians 0.5 to 1.2 and 0.3 to 1.2, shapes 1.5 to 6 and 0.8 to
    /// 2.
    package init(random: inout SplitMix64) {
        func draw(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
        let weight = draw(0.2...0.9)
        self.init(
            Part(weight, median: draw(0.5...1.2), shape: draw(1.5...6)),
            Part(1 - weight, median: draw(0.3...1.2), shape: draw(0.8...2))
        )
    }

    /// The prior's parameters in one line.
    package var description: String {
        parts.map { String(format: "%.2f at %.2f, shape %.2f", $0.weight, $0.median, $0.shape) }
            .joined(separator: " + ")
    }

    /// Returns a schedule that uses this prior instead of the default one.
    ///
    /// A schedule doesn't accept a prior, but it accepts learned durations. The function encodes 200 jobs with the
    /// prior's distribution as `JobDurations`, next to which the default prior has a weight of half a per cent.
    package func schedule() throws -> LeastCostSchedule {
        let masses = Self.edges.map { 200 * Float(probability(below: $0) - probability(below: Self.edges[0])) }
        let words: [UInt32] = [1] + masses.dropFirst().map(\.bitPattern)
        let bytes = words.flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 0xFF) } }
        let stored = Stored(ratios: Data(bytes))
        let durations = try JSONDecoder().decode(JobDurations.self, from: JSONEncoder().encode(stored))
        return LeastCostSchedule(durations: durations)
    }

    private func probability(below ratio: Double) -> Double {
        parts.reduce(0) { $0 + $1.weight / (1 + pow(ratio / $1.median, -$1.shape)) }
    }

    /// The bin edges of `JobDurations` as multiples of the ETA: 1/32 to 128, with eight bins per doubling.
    private static let edges: [Double] = (0...96).map { index in
        pow(2, Double(index / 8 - 5)) * (1 + Double(index % 8) / 8)
    }

    private struct Stored: Encodable {
        var version = 1
        var ages = Data()
        var ratios: Data
        var advantageOfETA = 30.0
    }
}
