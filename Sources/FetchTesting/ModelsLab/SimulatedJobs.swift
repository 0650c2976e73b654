import FetchCore

/// The jobs of a simulated service and the counts of their requests.
struct SimulatedJobs {
    /// The outcome of one authorized request.
    enum Outcome {
        case unknown
        case rateLimited(index: Int, retryAfter: Duration)
        case serverError(index: Int)
        case pending(SimulatedJob)
        case done(SimulatedJob)
    }

    private struct Running {
        var job: SimulatedModelsLab.Job
        var start: Duration
        var index: Int
        var requests = 0
        var pendingResponses = 0
    }

    private static let documentedFamilies: Set = ["faceswap", "video", "deepfake"]

    var requests = 0
    private var requestsByRoute: [SimulatedRoute: Int] = [:]
    private var jobs: [SimulatedRoute: Running] = [:]
    private var started = 0

    mutating func start(_ job: SimulatedModelsLab.Job, at time: Duration) {
        jobs[SimulatedRoute(job)] = Running(job: job, start: time, index: started)
        started += 1
    }

    func requests(of id: String, family: String?) -> Int {
        requestsByRoute.lazy
            .filter { $0.key.id == id && (family == nil || $0.key.family == family) }
            .reduce(0) { $0 + $1.value }
    }

    /// Counts a request for a job. Returns true if the family exists.
    mutating func count(_ route: SimulatedRoute) -> Bool {
        requestsByRoute[route, default: 0] += 1
        let isDocumented =
            route.isEnterprise ? route.family == "face_gen" : Self.documentedFamilies.contains(route.family)
        return isDocumented
            || jobs.keys.contains { $0.family == route.family && $0.isEnterprise == route.isEnterprise }
    }

    /// Records an authorized request and returns its outcome.
    mutating func poll(_ route: SimulatedRoute, at time: Duration) -> Outcome {
        guard var running = jobs[route] else { return .unknown }
        defer { jobs[route] = running }
        let index = running.requests
        running.requests += 1
        let job = running.job
        if index < job.rateLimitedRequests { return .rateLimited(index: index, retryAfter: job.retryAfter) }
        let errorIndex = index - max(job.rateLimitedRequests, 0)
        if errorIndex < job.serverErrors { return .serverError(index: errorIndex) }
        let age = time - running.start
        if age < job.notFoundFor { return .unknown }
        let snapshot = SimulatedJob(job: job, age: age, jobIndex: running.index, pendingIndex: running.pendingResponses)
        if age >= job.duration { return .done(snapshot) }
        running.pendingResponses += 1
        return .pending(snapshot)
    }
}
