/// What came of a soak.
package struct SoakReport: Codable, Sendable {
    package var benchmark = "soak"
    package var seed: UInt64
    package var jobs: Int
    /// The transport under test.
    package var transport: SoakTransport
    /// What the server was asked, and with how many connections.
    package var requests = 0
    package var connections = 0
    /// Answers with a fault, by its kind.
    package var faults: [String: Int] = [:]
    /// What jobs ended with, by its kind, and what became of those who came late or were cancelled.
    package var outcomes: [String: Int] = [:]
    package var wakeUps = 0
    /// Jobs without an outcome, and jobs with more than one.
    package var lost = 0
    package var doubled = 0
    /// What doesn't agree with the server's books, the first of it in words.
    package var disagreements = 0
    package var firstDisagreements: [String] = []
    /// Requests for jobs whose end was told, and for which nobody waited besides the batch.
    package var requestsAfterTheEnd = 0
    /// Bytes in memory after a tenth of the outcomes, and at the end; zero where they weren't counted.
    package var memoryAfterATenth = 0
    package var memoryAtTheEnd = 0
    /// Descriptors before and after, zero where they weren't counted, and sockets of the server's port after.
    package var descriptorsBefore = 0
    package var descriptorsAfter = 0
    package var socketsLeft = 0
    package var seconds = 0.0

    init(seed: UInt64, jobs: Int, transport: SoakTransport) {
        self.seed = seed
        self.jobs = jobs
        self.transport = transport
    }

    /// Which share of the answers was a fault.
    package var faultShare: Double { requests == 0 ? 0 : Double(faults.values.reduce(0, +)) / Double(requests) }

    /// How much larger memory is at the end than after a tenth of the outcomes.
    package var memoryGrowth: Double {
        memoryAfterATenth == 0 ? 0 : Double(memoryAtTheEnd) / Double(memoryAfterATenth) - 1
    }

    /// The bars that were missed, in words.
    package var missed: [String] {
        var missed: [String] = []
        if lost > 0 { missed.append("\(lost) jobs were lost") }
        if doubled > 0 { missed.append("\(doubled) jobs were doubled") }
        if disagreements > 0 { missed.append("\(disagreements) disagreements: \(firstDisagreements)") }
        if requestsAfterTheEnd > 0 { missed.append("\(requestsAfterTheEnd) requests after the end") }
        if socketsLeft > 0 { missed.append("\(socketsLeft) sockets are left") }
        if memoryGrowth > 0.1 { missed.append("memory grew by \(Int((memoryGrowth * 100).rounded())) %") }
        if descriptorsAfter > descriptorsBefore {
            missed.append("\(descriptorsAfter - descriptorsBefore) descriptors are left")
        }
        return missed
    }
}
