import SoakingHere
import Testing

/// The short form of the soak, whose long form is a benchmark.
@Suite struct SoakTests {
    @Test(arguments: SoakTransport.allCases)
    func `every job of a few hundred ends once, as the server's books say`(_ transport: SoakTransport) async throws {
        let report = try await Soak(jobs: 240, seed: 1, transport: transport, timeLimit: .seconds(600)).report()
        #expect(report.missed == [])
        // Each kind of end, of fault and of interference is there.
        let kinds = [
            "output", "failure", "unknown", "refusal", "cancelled", "lateComer", "lateComerGone",
        ]
        for kind in kinds { #expect(report.outcomes[kind] ?? 0 > 0, "\(kind)") }
        #expect(report.faults.values.allSatisfy { $0 > 0 })
        #expect(report.faultShare > 0.15 && report.faultShare < 0.25)
        #expect(report.wakeUps > 0)
    }
}
