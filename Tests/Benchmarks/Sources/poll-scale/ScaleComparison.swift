import Measuring

/// The cost of a task for each job as a multiple of the cost of a batch.
struct ScaleComparison: Encodable {
    var benchmark = "poll-scale"
    var jobs: Int
    var cpuRatio: Double
    var memoryRatio: Double

    init(batch: Figure, tasks: Figure) {
        jobs = batch.jobs
        cpuRatio = tasks.schedulingCPU / batch.schedulingCPU
        memoryRatio = tasks.bytesPerJob / batch.bytesPerJob
    }

    var line: String {
        "a task for each job: × \(cpuRatio.shown) the CPU time of scheduling, × \(memoryRatio.shown) the memory"
    }
}
