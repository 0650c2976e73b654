import Measuring

/// The times of the calls of one function.
struct CallTimes {
    private var seconds: [Double] = []
    private var items = 0
    private var cpu = 0.0

    /// Measures a call.
    mutating func measure<Result>(_ count: (Result) -> Int, _ call: () async throws -> Result) async rethrows -> Result
    {
        let usage = Usage()
        let result = try await call()
        let spent = usage.spent
        seconds.append(spent.wall)
        cpu += spent.cpu
        items += count(result)
        return result
    }

    /// Returns the figure of the function.
    func figure(_ function: String, of store: String, batch: Int) -> StoreFigure {
        let total = seconds.reduce(0, +)
        return StoreFigure(
            store: store,
            function: function,
            items: items,
            batch: batch,
            perSecond: Double(items) / max(total, 1e-9),
            clientCPU: cpu / Double(max(items, 1)) * 1e6,
            p50: quantile(0.5) * 1_000,
            p99: quantile(0.99) * 1_000
        )
    }

    /// Returns the time in seconds that a share of the calls didn't exceed.
    func quantile(_ share: Double) -> Double {
        let ordered = seconds.sorted()
        guard let last = ordered.last else { return 0 }
        return ordered.dropFirst(Int(Double(ordered.count) * share)).first ?? last
    }
}

/// The throughput of one function of a store.
struct StoreFigure: Encodable {
    var benchmark = "job-store"
    let store: String
    let function: String
    /// The number of jobs or outcomes, and the greatest number of one call.
    let items: Int
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
