extension SoakReport {
    /// Takes over what the server has in its books.
    mutating func note(_ books: Books, _ fates: [Fate]) {
        requests = books.requestCount
        for (fault, count) in zip(Fault.allCases, books.faults) { faults[fault.rawValue] = count }
        for fate in fates {
            // Who comes late may come after the end, and asks again. That a job is unknown is believed only in time.
            if case .lateComer = fate.interference { continue }
            if fate.ending == .unknown { continue }
            requestsAfterTheEnd += books.requestsAfterTheEnd(of: fate.number)
        }
        guard books.strangers > 0 else { return }
        disagreements += 1
        firstDisagreements.append("\(books.strangers) requests for no job, or with a wrong key")
    }

    /// Takes over what the client's side noted.
    mutating func note(_ ledger: Ledger) {
        outcomes = ledger.counts
        lost = ledger.lost.count
        doubled = ledger.doubled.count
        disagreements += ledger.disagreements.count
        firstDisagreements += ledger.disagreements.prefix(5)
    }
}
