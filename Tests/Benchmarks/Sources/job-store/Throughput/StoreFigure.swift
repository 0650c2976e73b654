import Measuring

/// The throughput of one function of a store.
struct StoreFigure: Encodable {
    var benchmark = "job-store"
    let store: String
    let function: String
    /// The number of jobs or outcomes, of calls at a time, and the greatest number of one call.
    let items: Int
    let callers: Int
    let batch: Int
    let perSecond: Double
    /// The CPU time of this process for each, in microseconds.
    let clientCPU: Double
    /// The milliseconds of a call: the median and the 99th percentile.
    let p50: Double
    let p99: Double

    var line: String {
        Report.column(store, 10) + Report.column(function, 14) + Report.column("\(Int(perSecond)) /s", 14)
            + Report.column("\(clientCPU.shown) µs CPU each", 22)
            + "a call of \(batch): \(p50.shown) ms, p99 \(p99.shown) ms"
    }

    /// The number per second that the function should have at least. `nil` if there is no bound.
    var bound: Double? {
        switch (store, function) {
        case ("postgres", "add"), ("postgres", "lease"), ("sqlite", "add"), ("sqlite", "record"): 30_000
        case ("postgres", "record"): 10_000
        default: nil
        }
    }
}
