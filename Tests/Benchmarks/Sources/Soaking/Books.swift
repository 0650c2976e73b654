/// What the server has told of each job.
///
/// All places are there from the beginning, so that the books don't grow while memory is measured.
struct Books: Sendable {
    private var requests: [UInt16]
    private var isEndTold: [Bool]
    /// Requests for a job after its end was told.
    private var afterTheEnd: [UInt16]
    private(set) var faults = [Int](repeating: 0, count: Fault.allCases.count)
    /// Requests for what isn't a job of the server, or with a wrong key.
    private(set) var strangers = 0

    init(jobs: Int) {
        requests = Array(repeating: 0, count: jobs)
        isEndTold = Array(repeating: false, count: jobs)
        afterTheEnd = requests
    }

    var requestCount: Int { requests.reduce(0) { $0 + Int($1) } }
    var faultCount: Int { faults.reduce(0, +) }

    func requests(for job: Int) -> Int { Int(requests[job]) }
    func isEndTold(of job: Int) -> Bool { isEndTold[job] }
    func requestsAfterTheEnd(of job: Int) -> Int { Int(afterTheEnd[job]) }

    /// Notes a request, and returns which for that job it is.
    mutating func noteRequest(for job: Int) -> Int {
        requests[job] += 1
        if isEndTold[job] { afterTheEnd[job] += 1 }
        return Int(requests[job])
    }

    mutating func note(_ fault: Fault) { faults[Fault.allCases.firstIndex(of: fault) ?? 0] += 1 }

    /// Notes that the job's end is told. Returns whether it is for the first time.
    mutating func noteEnd(of job: Int) -> Bool {
        defer { isEndTold[job] = true }
        return !isEndTold[job]
    }

    mutating func noteStranger() { strangers += 1 }
}
