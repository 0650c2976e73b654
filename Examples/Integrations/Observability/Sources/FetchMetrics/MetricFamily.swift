package import Metrics

/// The labels of a metric.
///
/// All time series of a metric have the same names of labels, as Prometheus expects. So a value that is missing is
/// ``none``, and no label is left out.
package protocol MetricLabels: Hashable, Sendable {
    /// The names and values.
    var dimensions: [(String, String)] { get }
}

extension MetricLabels {
    /// The value of a label that has none.
    package static var none: String { "none" }
}

/// The labels of a metric with one label.
package struct SingleLabel: MetricLabels {
    private let name: String
    private let value: String

    /// Creates a label.
    ///
    /// - Parameters:
    ///   - name: The name of the label.
    ///   - value: Its value.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The name and the value.
    package var dimensions: [(String, String)] { [(name, value)] }
}

/// The metric objects of one name, which are created once for each set of labels and then kept.
package struct MetricFamily<Labels: MetricLabels, Metric: Sendable>: Sendable {
    private let make: @Sendable (Labels) -> Metric
    private var metrics: [Labels: Metric] = [:]

    /// Returns the object for a set of labels.
    package subscript(labels: Labels) -> Metric {
        mutating get {
            if let metric = metrics[labels] { return metric }
            let metric = make(labels)
            metrics[labels] = metric
            return metric
        }
    }
}

extension MetricFamily where Metric == Counter {
    /// Creates a family of counters.
    package init(counters name: String, _ factory: any MetricsFactory) {
        make = { Counter(label: name, dimensions: $0.dimensions, factory: factory) }
    }
}

extension MetricFamily where Metric == Gauge {
    /// Creates a family of gauges.
    package init(gauges name: String, _ factory: any MetricsFactory) {
        make = { Gauge(label: name, dimensions: $0.dimensions, factory: factory) }
    }
}

extension MetricFamily where Metric == Metrics.Timer {
    /// Creates a family of timers, which backends show in seconds.
    package init(timers name: String, _ factory: any MetricsFactory) {
        make = {
            Timer(label: name, dimensions: $0.dimensions, preferredDisplayUnit: .seconds, factory: factory)
        }
    }
}

extension Metrics.Timer {
    /// Records a duration. Negative ones count as zero, longer ones than 292 years as that.
    package func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let sum = nanoseconds.addingReportingOverflow(attoseconds / 1_000_000_000)
        recordNanoseconds(overflow || sum.overflow ? (seconds < 0 ? 0 : .max) : max(sum.partialValue, 0))
    }
}
