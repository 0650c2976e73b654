/// The results of a soak run.
package struct SoakReport: Codable, Sendable {
    package var benchmark = "soak"
    package var seed: UInt64
    package var jobs: Int
    /// The transport under test.
    package var transport: SoakTransport
    /// The number of requests that the server received.
    package var requests = 0
    /// The number of connections that the server accepted.
    package var connections = 0
    /// The number of faulty responses by ``Fault``.
    package var faults: [String: Int] = [:]
    /// The number of outcomes by ``JobPlan/Ending``, and the numbers of cancellations and second callers.
    package var outcomes: [String: Int] = [:]
    /// The number of calls of `FetchClient.wake`.
    package var wakeUps = 0
    /// The number of jobs without an outcome.
    package var lost = 0
    /// The number of jobs with more than one outcome.
    package var doubled = 0
    /// The number of differences between the outcomes and the server's record.
    package var disagreements = 0
    /// Descriptions of the first differences.
    package var firstDisagreements: [String] = []
    /// The number of requests for jobs after their terminal state, except unknown jobs and jobs with a second caller.
    package var requestsAfterTheEnd = 0
    /// The resident memory in bytes after a tenth of the outcomes; zero if not measured.
    package var memoryAfterATenth = 0
    /// The resident memory in bytes at the end; zero if not measured.
    package var memoryAtTheEnd = 0
    /// The number of open descriptors before the run; zero if not measured.
    package var descriptorsBefore = 0
    /// The number of open descriptors after the run; zero if not measured.
    package var descriptorsAfter = 0
    /// The number of sockets on the server's port that are still open after the run.
    package var socketsLeft = 0
    /// The duration of the run.
    package var seconds = 0.0

    init(seed: UInt64, jobs: Int, transport: SoakTransport) {
        self.seed = seed
        self.jobs = jobs
        self.transport = transport
    }

    /// The fraction of responses with a fault.
    package var faultShare: Double { requests == 0 ? 0 : Double(faults.values.reduce(0, +)) / Double(requests) }

    /// The relative growth of memory after a tenth of the outcomes; 0.1 is 10 %.
    package var memoryGrowth: Double {
        memoryAfterATenth == 0 ? 0 : Double(memoryAtTheEnd) / Double(memoryAfterATenth) - 1
    }

    /// Descriptions of the bounds that the run exceeded.
    package var missed: [String] {
        var missed: [String] = []
        if lost > 0 { missed.append("\(lost) jobs were lost") }
        if doubled > 0 { missed.append("\(doubled) jobs had more than one outcome") }
        if disagreements > 0 { missed.append("\(disagreements) disagreements: \(firstDisagreements)") }
        if requestsAfterTheEnd > 0 { missed.append("\(requestsAfterTheEnd) requests after the terminal state") }
        if socketsLeft > 0 { missed.append("\(socketsLeft) sockets are still open") }
        if memoryGrowth > 0.1 { missed.append("memory grew by \(Int((memoryGrowth * 100).rounded())) %") }
        if descriptorsAfter > descriptorsBefore {
            missed.append("\(descriptorsAfter - descriptorsBefore) descriptors are still open")
        }
        return missed
    }
}
