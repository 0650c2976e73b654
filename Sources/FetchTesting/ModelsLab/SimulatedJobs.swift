import FetchCore

/// The jobs of a simulated service, and what was asked of them.
struct SimulatedJobs {
    /// What one request with the right key is to hear.
    enum Outcome {
        case unknown
        case rateLimited(turn: Int, retryAfter: Duration)
        case serverError(turn: Int)
        case pending(SimulatedJob)
        case done(SimulatedJob)
    }

    private struct Running {
        var job: SimulatedModelsLab.Job
        var start: Duration
        var turn: Int
        var requests = 0
        var pendingAnswers = 0
    }

    private static let documentedFamilies: Set = ["faceswap", "video", "deepfake"]

    var requests = 0
    private var requestsByRoute: [SimulatedRoute: Int] = [:]
    private var jobs: [SimulatedRoute: Running] = [:]
    private var started = 0

    mutating func start(_ job: SimulatedModelsLab.Job, at time: Duration) {
        jobs[SimulatedRoute(job)] = Running(job: job, start: time, turn: started)
        started += 1
    }

    func requests(of id: String, family: String?) -> Int {
        requestsByRoute.lazy
            .filter { $0.key.id == id && (family == nil || $0.key.family == family) }
            .reduce(0) { $0 + $1.value }
    }

    /// Counts a request about a job, and returns whether there is such a family.
    mutating func count(_ route: SimulatedRoute) -> Bool {
        requestsByRoute[route, default: 0] += 1
        let isDocumented =
            route.isEnterprise ? route.family == "face_gen" : Self.documentedFamilies.contains(route.family)
        return isDocumented
            || jobs.keys.contains { $0.family == route.family && $0.isEnterprise == route.isEnterprise }
    }

    /// Takes a request with the right key.
    mutating func ask(_ route: SimulatedRoute, at time: Duration) -> Outcome {
        guard var running = jobs[route] else { return .unknown }
        defer { jobs[route] = running }
        let turn = running.requests
        running.requests += 1
        let job = running.job
        if turn < job.rateLimitedRequests { return .rateLimited(turn: turn, retryAfter: job.retryAfter) }
        let errorTurn = turn - max(job.rateLimitedRequests, 0)
        if errorTurn < job.serverErrors { return .serverError(turn: errorTurn) }
        let age = time - running.start
        if age < job.notFoundFor { return .unknown }
        let now = SimulatedJob(job: job, age: age, jobTurn: running.turn, answerTurn: running.pendingAnswers)
        if age >= job.duration { return .done(now) }
        running.pendingAnswers += 1
        return .pending(now)
    }
}
