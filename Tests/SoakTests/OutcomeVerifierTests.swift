import FetchCore
import SoakingHere
import Testing

@Suite("Verification of soak outcomes")
struct OutcomeVerifierTests {
    private let server = SoakServer(jobs: 40, seed: 1, faultPercentage: 0)
    private let verifier: OutcomeVerifier
    private let jobs: [JobReference]

    init() throws {
        jobs = try server.plans.map { try $0.reference }
        verifier = OutcomeVerifier(server: server, jobs: jobs)
    }

    @Test func `a job without an outcome is lost`() {
        #expect(verifier.lost.count == 40)
        for number in jobs.indices { verifier.recordCancellation(of: number, wasActive: true) }
        #expect(verifier.lost == [])
    }

    @Test func `a job with two outcomes is duplicated`() {
        verifier.record(.failure(FetchError(.jobFailed, "once")), of: jobs[3])
        #expect(verifier.doubled == [])
        verifier.record(.failure(FetchError(.jobFailed, "twice")), of: jobs[3])
        #expect(verifier.doubled == [3])
    }

    @Test func `a cancelled job with an outcome is duplicated`() {
        verifier.recordCancellation(of: 3, wasActive: true)
        verifier.record(.failure(FetchError(.jobFailed, "after the cancellation")), of: jobs[3])
        #expect(verifier.doubled == [3])
    }

    @Test func `an outcome without a terminal response is reported`() {
        verifier.record(.failure(FetchError(.jobFailed, "invented")), of: jobs[3])
        #expect(verifier.disagreements.first?.contains("without a terminal response") == true)
    }

    @Test func `equal seeds give equal plans, and different seeds different ones`() {
        #expect(SoakServer(jobs: 40, seed: 1, faultPercentage: 20).plans == server.plans)
        #expect(SoakServer(jobs: 40, seed: 2, faultPercentage: 20).plans != server.plans)
    }
}
