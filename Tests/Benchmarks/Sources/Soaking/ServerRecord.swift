/// The server's record of the requests for each job.
///
/// All arrays have their full size from the start, so that the record doesn't grow while memory is measured.
struct ServerRecord: Sendable {
    private var requests: [UInt16]
    private var isEndSent: [Bool]
    private var requestsAfterEnd: [UInt16]
    /// The number of faults by the index in `Fault.allCases`.
    private(set) var faults = [Int](repeating: 0, count: Fault.allCases.count)
    /// The number of requests with an unknown path or a wrong key.
    private(set) var invalidRequests = 0

    init(jobs: Int) {
        requests = Array(repeating: 0, count: jobs)
        isEndSent = Array(repeating: false, count: jobs)
        requestsAfterEnd = requests
    }

    var requestCount: Int { requests.reduce(0) { $0 + Int($1) } }
    var faultCount: Int { faults.reduce(0, +) }

    func requests(for job: Int) -> Int { Int(requests[job]) }
    func isEndSent(for job: Int) -> Bool { isEndSent[job] }
    func requestsAfterEnd(for job: Int) -> Int { Int(requestsAfterEnd[job]) }

    /// Records a request and returns the number of requests for the job so far.
    mutating func recordRequest(for job: Int) -> Int {
        requests[job] += 1
        if isEndSent[job] { requestsAfterEnd[job] += 1 }
        return Int(requests[job])
    }

    mutating func record(_ fault: Fault) { faults[Fault.allCases.firstIndex(of: fault) ?? 0] += 1 }

    /// Records that a response with the job's terminal state was sent. Returns true for the first one.
    mutating func recordEnd(of job: Int) -> Bool {
        defer { isEndSent[job] = true }
        return !isEndSent[job]
    }

    mutating func recordInvalidRequest() { invalidRequests += 1 }
}
