extension SoakReport {
    /// Adds the server's figures.
    mutating func add(_ record: ServerRecord, _ plans: [JobPlan]) {
        requests = record.requestCount
        for (fault, count) in zip(Fault.allCases, record.faults) { faults[fault.rawValue] = count }
        for plan in plans {
            // A second caller may start after the end and poll again. An unknown job is polled during its grace period.
            if case .secondCaller = plan.action { continue }
            if plan.ending == .unknown { continue }
            requestsAfterTheEnd += record.requestsAfterEnd(for: plan.number)
        }
        guard record.invalidRequests > 0 else { return }
        disagreements += 1
        firstDisagreements.append("\(record.invalidRequests) requests with an unknown path or a wrong key")
    }

    /// Adds the client's figures.
    mutating func add(_ verifier: OutcomeVerifier) {
        outcomes = verifier.counts
        lost = verifier.lost.count
        doubled = verifier.doubled.count
        disagreements += verifier.disagreements.count
        firstDisagreements += verifier.disagreements.prefix(5)
    }
}
