import JobStores
import Measuring

/// A worker with many waiting jobs.
struct PollingFigure: Encodable {
    var benchmark = "job-store"
    let store: String
    let jobs: Int
    /// The seconds of the measurement, and the requests in them.
    var seconds = 0.0
    var requests = 0
    /// The calls of the store in the time, by function.
    var calls: [String: Int] = [:]
    /// What PostgreSQL has written meanwhile. `nil` for other stores.
    var database: PostgresUsage?
    /// The bytes that this process has written to disks meanwhile; Linux only.
    var writtenBytes = 0
    /// The growth of the process's resident memory per leased job, in bytes; Linux only.
    var memoryPerJob = 0.0
    /// The growth of the bytes that are allocated per leased job. `nil` where the allocator can't be asked.
    var allocatedPerJob: Double?
    /// The seconds in which the worker leased all jobs.
    var leasing = 0.0
    /// The CPU time of a request in microseconds, without the server.
    var cpuPerRequest = 0.0

    private static let memoryBound = 450.0

    /// The functions that a worker without ends, gifts and deaths may call.
    private static let idle: Set = ["renew", "lease", "leases", "takeHints", "clearUp", "merge"]

    var missed: [String] {
        var missed: [String] = []
        if memoryPerJob > Self.memoryBound { missed.append("\(memoryPerJob.shown) bytes a job") }
        let others = calls.keys.filter { !Self.idle.contains($0) }
        if !others.isEmpty { missed.append("the worker called \(others.sorted().joined(separator: ", "))") }
        if let database {
            let renewals = calls["renew", default: 0] + calls["merge", default: 0]
            let written = database.rowVersions
            // A renewal at each end of the time may be counted on one side only.
            if written > renewals + 2 { missed.append("\(written) row versions for \(renewals) renewals") }
        }
        return missed
    }

    var table: String {
        let calls = calls.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let rows = database.map { "\($0.rowVersions) row versions, \($0.logBytes) bytes of log" }
        let written = rows ?? "\(writtenBytes) bytes written"
        let allocated = allocatedPerJob.map { ", \($0.shown) allocated" } ?? ""
        return """
            \(store), \(jobs) jobs leased in \(leasing.shown) s, \(memoryPerJob.shown) bytes each\(allocated)
            in \(seconds.shown) s: \(requests) requests at \(cpuPerRequest.shown) µs of CPU; \(calls); \(written)
            """
    }
}
