import FetchJobs

/// What the driver has seen and done. Times are seconds since the start of the provider.
struct FleetLog: Sendable {
    /// A worker that was killed, or suspended for longer than its time to live.
    struct Death: Sendable {
        let time: Double
        let process: Int
        let worker: WorkerID
        let isKilled: Bool
        /// The jobs that the worker had leased.
        let jobs: [Int]
    }

    /// A time in which the store didn't carry out a write of the driver's.
    struct Outage: Sendable {
        let start: Double
        let end: Double
    }

    private(set) var registrations: [Int: [(time: Double, worker: WorkerID)]] = [:]
    /// The times at which each job was leased, and the processes.
    private(set) var leases: [Int: [(time: Double, process: Int)]] = [:]
    var deaths: [Death] = []
    /// The number of deaths whose leases couldn't be read, since the store was unavailable.
    var unreadDeaths = 0
    var outages: [Outage] = []
    var shortStops = 0
    var killedReaders = 0
    /// The seconds that workers took to end in order.
    var orderlyEnds: [Double] = []
    var ids: [Int: StoredJobID] = [:]
    var cancellations: [Int: StoredOutcome] = [:]
    var addedAgain = 0
    var retried = 0
    var problems: [String] = []

    /// Takes a line of a worker's process.
    mutating func take(_ line: String, of process: Int, at time: Double) {
        let words = line.split(separator: " ")
        switch words.first {
        case "registered":
            guard words.count == 2, let id = Int64(words[1]) else { return }
            registrations[process, default: []].append((time, WorkerID(rawValue: id)))
        case "leased":
            for job in words.dropFirst().compactMap({ Int($0) }) { leases[job, default: []].append((time, process)) }
        default: problems.append("process \(process) wrote \(line.prefix(100))")
        }
    }

    /// Returns the worker that a process has registered last.
    func worker(of process: Int) -> WorkerID? { registrations[process]?.last?.worker }

    /// Takes the result of adding a job.
    mutating func take(_ result: AddResult, of job: Int, isAgain: Bool) {
        if let id = ids[job], id != result.id { problems.append("job \(job) has the numbers \(id) and \(result.id)") }
        if isAgain, case .added = result { problems.append("job \(job) was added twice") }
        ids[job] = result.id
        if isAgain { addedAgain += 1 }
    }
}
