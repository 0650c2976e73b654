import Measuring

/// What one way of waiting cost.
struct Figure: Codable {
    var benchmark = "poll-scale"
    var way: Way
    var jobs: Int
    var requestsPerSecond: Double
    var requests = 0
    /// Microseconds of CPU per request, with transport and decoding.
    var cpuPerRequest = 0.0
    /// What transport and decoding alone cost.
    var transportAndDecoding = 0.0
    /// Microseconds of CPU to begin the wait for a job.
    var cpuPerJob = 0.0
    /// Mebibytes: the most that the process ever had.
    var peakMemory = 0.0
    /// Bytes for each job, on top of what there was without any.
    var bytesPerJob = 0.0
    /// Milliseconds.
    var latenessMedian = 0.0
    var latenessP99 = 0.0

    /// A way of waiting for many jobs.
    enum Way: String, Codable, CaseIterable {
        case batch
        case tasks
    }

    /// What the wait itself costs.
    var waitingCPU: Double { cpuPerRequest - transportAndDecoding }

    var line: String {
        Report.column("\(way) \(jobs)", 18)
            + Report.column("CPU \(cpuPerRequest.shown) µs a request, waiting \(waitingCPU.shown)", 44)
            + Report.column("late \(latenessMedian.shown) / \(latenessP99.shown) ms", 24)
            + "peak \(peakMemory.shown) MiB, \(Int(bytesPerJob)) bytes a job"
    }
}

/// FetchKit beside a task for each job.
struct ScaleComparison: Encodable {
    var benchmark = "poll-scale"
    var jobs: Int
    var cpuRatio: Double
    var memoryRatio: Double

    init(batch: Figure, tasks: Figure) {
        jobs = batch.jobs
        cpuRatio = tasks.waitingCPU / batch.waitingCPU
        memoryRatio = tasks.bytesPerJob / batch.bytesPerJob
    }

    var line: String {
        "a task for each job: × \(cpuRatio.shown) the CPU of waiting, × \(memoryRatio.shown) the memory"
    }
}
