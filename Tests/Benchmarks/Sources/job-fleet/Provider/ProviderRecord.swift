/// The books of the provider: each request, and the number of requests in flight. Times are seconds since its start.
struct ProviderRecord: Sendable {
    /// A request for a job.
    struct Request: Sendable {
        let time: Double
        /// The number of the process that has sent it.
        let process: Int
    }

    private(set) var submitted: [Int: Double] = [:]
    private(set) var requests: [Int: [Request]] = [:]
    private(set) var count = 0
    private(set) var invalidRequests = 0
    private(set) var faults = 0
    /// The jobs of which a response with their end was sent.
    private(set) var ended: Set<Int> = []
    private(set) var inFlight: [String: Int] = [:]
    private(set) var mostInFlight: [String: Int] = [:]
    /// The number of requests that began beyond the limit, with the time of the first ones.
    private(set) var beyondLimit: [(time: Double, process: Int, inFlight: Int)] = []

    mutating func submit(_ job: Int, at time: Double) { submitted[job] = time }

    mutating func refuse() { invalidRequests += 1 }

    /// Begins a request, and returns its number among those for the job, from 1.
    mutating func begin(_ job: FleetJob, _ request: Request, limit: Int) -> Int {
        requests[job.number, default: []].append(request)
        count += 1
        let now = inFlight[job.key, default: 0] + 1
        inFlight[job.key] = now
        mostInFlight[job.key] = max(mostInFlight[job.key, default: 0], now)
        if now > limit { beyondLimit.append((request.time, request.process, now)) }
        return requests[job.number, default: []].count
    }

    /// Ends a request, with a response or without one.
    mutating func end(_ job: FleetJob) { inFlight[job.key, default: 0] -= 1 }

    mutating func respond(_ job: FleetJob, isFault: Bool, isEnd: Bool) {
        if isFault { faults += 1 }
        if isEnd { ended.insert(job.number) }
    }
}
