import Measuring

/// The result of a run.
struct FleetFigure: Encodable {
    var benchmark = "fleet"
    var jobs: Int
    var workers: Int
    /// The virtual time until all jobs had ended and were delivered.
    var virtualMinutes: Double
    var ended: Int
    /// The jobs that neither ended nor are waiting at the end, and those that are waiting.
    var lost: Int
    var recordedTwice: Int
    /// The outcomes that were delivered more than once.
    var deliveredTwice: Int
    var deaths: Int
    /// The leases that ended with a worker.
    var returnedJobs: Int
    var requests: Int
    /// The calls of the store by function, those of applications included.
    var calls: [String: Int]
    /// The rows of jobs that were inserted, updated or deleted.
    var rows: Int
    /// The greatest number of calls in a second of virtual time.
    var mostCallsInASecond: Int
    var mostWaiting: Int
    var seconds = 0.0
    var cpuSeconds = 0.0
    var peakMegabytes = 0.0

    private var allCalls: Int { calls.values.reduce(0, +) }

    var table: String {
        var lines = [
            "\(jobs) jobs, \(workers) workers, \(deaths) deaths, \(virtualMinutes.shown) virtual minutes",
            "ended \(ended), lost \(lost), recorded twice \(recordedTwice), delivered twice \(deliveredTwice)",
            "at most \(mostWaiting) waiting at once, \(returnedJobs) leases ended with a worker",
            "\((Double(requests) / Double(jobs)).shown) requests a job",
            "\((Double(rows) / Double(jobs)).ratio) rows of jobs written for each",
            "\((Double(allCalls) / Double(jobs)).ratio) calls of the store a job, at most \(mostCallsInASecond) a second",
        ]
        for (name, count) in calls.sorted(by: { $0.value > $1.value }) {
            lines.append("  " + Report.column(name, 16) + "\(count)")
        }
        lines.append("\(seconds.shown) s, CPU \(cpuSeconds.shown) s, at most \(peakMegabytes.shown) MB")
        return lines.joined(separator: "\n")
    }
}
