import JobStores
import Measuring

/// The costs of polling the same jobs in one of two ways.
struct ComparisonFigure: Encodable {
    var benchmark = "job-store-comparison"
    /// `FetchJobs` or `claim and snooze`.
    let way: String
    let jobs: Int
    /// The number of requests, for all jobs together.
    var polls = 0
    var seconds = 0.0
    var database = PostgresUsage()
    /// The CPU time of the client's process in seconds.
    var clientCPU = 0.0

    var line: String {
        let mebibytes = Double(database.logBytes) / 1_048_576
        let columns: [(String, Int)] = [
            (way, 18), ("\(polls) polls in \(seconds.shown) s", 28), ("\(database.rowVersions) row versions", 24),
            ("\(mebibytes.shown) MiB of log", 22), ("\(database.transactions) transactions", 22),
            ("CPU \(database.cpu.shown) s server, \(clientCPU.shown) s client", 0),
        ]
        return columns.map { Report.column($0.0, $0.1) }.joined()
    }
}
