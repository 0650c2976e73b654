import MetricsTestKit

extension TestMetrics {
    /// The name and the labels of each time series.
    var series: [(name: String, labels: [(String, String)])] {
        counters.map { ($0.label, $0.dimensions) } + recorders.map { ($0.label, $0.dimensions) }
            + timers.map { ($0.label, $0.dimensions) } + meters.map { ($0.label, $0.dimensions) }
    }

    /// The names of the metrics that have a value.
    var emittedNames: Set<String> {
        let names =
            counters.filter { !$0.values.isEmpty }.map(\.label) + recorders.filter { !$0.values.isEmpty }.map(\.label)
            + timers.filter { !$0.values.isEmpty }.map(\.label)
        return Set(names)
    }

    /// The names and the labels as one string.
    var everything: String { "\(series)" }

    /// The values of a timer's time series with these labels, in seconds.
    func seconds(_ name: String, _ labels: [(String, String)] = []) -> [Double] {
        timers(label: name, dimensions: labels).flatMap(\.values).map { Double($0) / 1_000_000_000 }
    }
}
