import Measuring

/// The cost of polling in one mode.
struct Figure: Codable {
    var benchmark = "poll-scale"
    var way: Mode
    var jobs: Int
    var requestsPerSecond: Double
    var requests = 0
    /// The CPU time per request in microseconds, including transport and decoding.
    var cpuPerRequest = 0.0
    /// The CPU time of transport and decoding per request, in microseconds.
    var transportAndDecoding = 0.0
    /// The CPU time to add a job, in microseconds.
    var cpuPerJob = 0.0
    /// The peak memory of the process in MiB.
    var peakMemory = 0.0
    /// The peak memory per job in bytes, without the memory of the idle process.
    var bytesPerJob = 0.0
    /// The median of the absolute lateness in milliseconds.
    var latenessMedian = 0.0
    /// The 99th percentile of the absolute lateness in milliseconds.
    var latenessP99 = 0.0

    /// An approach to polling many jobs.
    enum Mode: String, Codable, CaseIterable {
        /// A `JobBatch`.
        case batch
        /// A sleeping task for each job.
        case tasks
    }

    /// The CPU time of scheduling per request, in microseconds.
    var schedulingCPU: Double { cpuPerRequest - transportAndDecoding }

    var line: String {
        Report.column("\(way) \(jobs)", 18)
            + Report.column("CPU \(cpuPerRequest.shown) µs per request, scheduling \(schedulingCPU.shown)", 48)
            + Report.column("late \(latenessMedian.shown) / \(latenessP99.shown) ms", 24)
            + "peak \(peakMemory.shown) MiB, \(Int(bytesPerJob)) bytes per job"
    }
}
