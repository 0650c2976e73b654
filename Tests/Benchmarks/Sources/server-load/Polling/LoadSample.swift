import Measuring

/// The result of one measurement of one client.
struct LoadSample: Codable, Sendable {
    /// The number of completed requests.
    var requests: Int
    /// Seconds from the first request to the last response.
    var wall: Double
    /// Seconds of user and system time of the client's process.
    var cpu: Double
    /// The median latency in microseconds.
    var p50: Double
    /// The latency in microseconds that one request in a hundred exceeds.
    var p99: Double

    /// Creates the result of a measurement.
    ///
    /// - Parameters:
    ///   - latencies: The latencies of all requests in microseconds.
    ///   - spent: The elapsed time and the CPU time in seconds.
    init(latencies: [Double], spent: (wall: Double, cpu: Double)) {
        let ordered = latencies.sorted()
        requests = ordered.count
        (wall, cpu) = spent
        p50 = ordered.isEmpty ? 0 : ordered[ordered.count / 2]
        p99 = ordered.isEmpty ? 0 : ordered[ordered.count * 99 / 100]
    }

    var requestsPerSecond: Double { Double(requests) / wall }

    /// Microseconds of CPU time per request.
    var cpuPerRequest: Double { cpu / Double(requests) * 1e6 }
}
