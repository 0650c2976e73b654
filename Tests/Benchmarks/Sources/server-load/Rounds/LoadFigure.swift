import Measuring

/// The results of one client at one number in flight. All values are medians over the rounds.
struct LoadFigure: Encodable {
    var benchmark = "server-load"
    var client: ClientName
    var inFlight: Int
    var requestsPerSecond: Double
    /// The CPU time of the client's process per request, in microseconds.
    var cpuPerRequest: Double
    /// The median latency in microseconds.
    var p50: Double
    /// The 99th percentile of the latency in microseconds.
    var p99: Double

    init(_ client: ClientName, inFlight: Int, _ samples: [LoadSample]) {
        self.client = client
        self.inFlight = inFlight
        requestsPerSecond = samples.map(\.requestsPerSecond).median
        cpuPerRequest = samples.map(\.cpuPerRequest).median
        p50 = samples.map(\.p50).median
        p99 = samples.map(\.p99).median
    }

    var line: String {
        Report.column("\(inFlight) in flight", 16) + Report.column(client.rawValue, 22)
            + Report.column("\(Int(requestsPerSecond)) /s", 12)
            + Report.column("CPU \(cpuPerRequest.shown) µs", 16)
            + "p50 \(Int(p50)) µs, p99 \(Int(p99)) µs"
    }
}
