package import FetchCore
import Foundation

/// The cost of a prior without learned durations, on the grid of endpoint kinds and on traces.
package struct PriorScore: Sendable {
    package var prior: String

    /// The ratios to the optimum on ``EndpointKind/grid``.
    package var gridRatios: [Double]

    /// The ratios to the optimum on the traces, by name.
    package var traceRatios: [String: Double]

    package init(_ prior: String, _ schedule: LeastCostSchedule, traces: [EndpointKind]) {
        self.prior = prior
        gridRatios = EndpointKind.grid.map { $0.ratio(of: schedule) }
        traceRatios = Dictionary(
            traces.map { ($0.name, $0.ratio(of: schedule)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The quadratic mean over the grid. It gives more weight to the worst kinds than the mean, but doesn't ignore the
    /// others, as the maximum does.
    package var quadraticMean: Double {
        (gridRatios.reduce(0) { $0 + $1 * $1 } / Double(gridRatios.count)).squareRoot()
    }

    /// Returns the geometric mean over all traces, except one if `trace` isn't `nil`; NaN if no trace is left.
    package func mean(leavingOut trace: String? = nil) -> Double {
        Self.geometricMean(traceRatios.filter { $0.key != trace }.map(\.value))
    }

    private static func geometricMean(_ ratios: [Double]) -> Double {
        exp(ratios.reduce(0) { $0 + log($1) } / Double(ratios.count))
    }

    /// The score as a line of JSON: the means and maxima, and the ratio on each trace. Without traces, their mean and
    /// maximum are null.
    package var json: String {
        var line = JSONLine()
        line.add("prior", prior)
        line.add("grid_quadratic_mean", quadraticMean)
        line.add("grid_mean", Self.geometricMean(gridRatios))
        line.add("grid_worst", gridRatios.max() ?? .nan)
        line.add("traces_mean", mean())
        line.add("traces_worst", traceRatios.values.max() ?? .nan)
        for (trace, ratio) in traceRatios.sorted(by: { $0.key < $1.key }) { line.add(trace, ratio) }
        return line.text
    }

    /// Performs a leave-one-out validation: for each trace, chooses the candidate that is best on all other traces.
    ///
    /// - Parameter candidates: The scores to choose from, measured on the same traces. It must not be empty.
    /// - Returns: A line of JSON for each trace, with the ratio of this score and of the chosen candidate on that
    ///   trace.
    package func leavingOneOut(of candidates: [PriorScore]) -> [String] {
        traceRatios.keys.sorted().compactMap { trace in
            guard let chosen = candidates.min(by: { $0.mean(leavingOut: trace) < $1.mean(leavingOut: trace) }) else {
                return nil
            }
            var line = JSONLine()
            line.add("left_out", trace)
            line.add("ratio", traceRatios[trace] ?? .nan)
            line.add("best_on_others", chosen.prior)
            line.add("its_ratio", chosen.traceRatios[trace] ?? .nan)
            return line.text
        }
    }
}
