import FetchCore
import SoakingHere
import Testing

/// The soak's own books notice what they are kept for.
@Suite struct LedgerTests {
    private let desk = Desk(jobs: 40, seed: 1, faultPercent: 0)
    private let ledger: Ledger
    private let jobs: [JobReference]

    init() throws {
        jobs = try desk.fates.map { try $0.reference }
        ledger = Ledger(desk: desk, jobs: jobs)
    }

    @Test func `a job without an outcome is lost`() {
        #expect(ledger.lost.count == 40)
        for number in jobs.indices { ledger.noteCancellation(of: number, wasWaitedFor: true) }
        #expect(ledger.lost == [])
    }

    @Test func `a job with a second outcome is doubled`() {
        ledger.note(.failure(FetchError(.jobFailed, "once")), of: jobs[3])
        #expect(ledger.doubled == [])
        ledger.note(.failure(FetchError(.jobFailed, "twice")), of: jobs[3])
        #expect(ledger.doubled == [3])
    }

    @Test func `an outcome of a job that was cancelled is one too many`() {
        ledger.noteCancellation(of: 3, wasWaitedFor: true)
        ledger.note(.failure(FetchError(.jobFailed, "all the same")), of: jobs[3])
        #expect(ledger.doubled == [3])
    }

    @Test func `what the server never said is a disagreement`() {
        ledger.note(.failure(FetchError(.jobFailed, "guessed")), of: jobs[3])
        #expect(ledger.disagreements.first?.contains("the server never said so") == true)
    }

    @Test func `a seed gives the same fates, and another seed others`() {
        #expect(Desk(jobs: 40, seed: 1, faultPercent: 20).fates == desk.fates)
        #expect(Desk(jobs: 40, seed: 2, faultPercent: 20).fates != desk.fates)
    }
}
