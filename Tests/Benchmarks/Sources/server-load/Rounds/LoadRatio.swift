import Measuring

/// The ratios of one client to another at one number in flight. All values are medians of the ratios within a round.
struct LoadRatio: Encodable {
    var benchmark = "server-load"
    var client: ClientName
    var against: ClientName
    var inFlight: Int
    /// The ratio of the requests per second.
    var requestsRatio: Double
    /// The ratio of the CPU time per request.
    var cpuRatio: Double

    init(_ client: ClientName, against: ClientName, inFlight: Int, _ pairs: [(own: LoadSample, other: LoadSample)]) {
        self.client = client
        self.against = against
        self.inFlight = inFlight
        requestsRatio = pairs.map { $0.own.requestsPerSecond / $0.other.requestsPerSecond }.median
        cpuRatio = pairs.map { $0.own.cpuPerRequest / $0.other.cpuPerRequest }.median
    }

    var line: String {
        Report.column("\(inFlight) in flight", 16) + Report.column("\(client.rawValue) / \(against.rawValue)", 38)
            + Report.column("requests × \(requestsRatio.ratio)", 20) + "CPU × \(cpuRatio.ratio)"
    }
}
