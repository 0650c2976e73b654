import SoakingHere
import Testing

/// A short soak run. The benchmark `soak` is the long one.
@Suite("Soak run with 240 jobs")
struct SoakTests {
    @Test(arguments: SoakTransport.allCases)
    func `every job has one outcome, which agrees with the server's record`(_ transport: SoakTransport) async throws {
        let report = try await Soak(jobs: 240, seed: 1, transport: transport, timeLimit: .seconds(600)).report()
        #expect(report.missed == [])
        // Each kind of ending, fault and action occurs.
        let kinds = [
            "output", "failure", "unknown", "refusal", "cancelled", "lateComer", "lateComerGone",
        ]
        for kind in kinds { #expect(report.outcomes[kind] ?? 0 > 0, "\(kind)") }
        #expect(report.faults.values.allSatisfy { $0 > 0 })
        #expect(report.faultShare > 0.15 && report.faultShare < 0.25)
        #expect(report.wakeUps > 0)
    }
}
