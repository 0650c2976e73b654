import FetchCore
import FetchTesting
import Testing

@Suite("Conformance of streaming transports", .timeLimit(.minutes(1)))
struct StreamingConformanceTests {
    /// The seeded defects and the rule that each breaks.
    static let defects: [(DefectiveStreams.Defect, TransportRule)] = [
        (.waitsForBody, .streamedHead), (.dropsByte, .streamedBody), (.inventsBody, .emptyStream),
        (.acceptsTruncatedBodies, .incompleteStream), (.ignoresLimit, .streamLimit), (.offersCompression, .identity),
        (.readsAhead, .backPressure), (.ignoresTimeout, .streamTimeout), (.ignoresCancellation, .streamCancellation),
        (.keepsBodies, .streamRelease),
    ]

    @Test(arguments: defects)
    func `a transport with a defect breaks its rule`(defect: DefectiveStreams.Defect, rule: TransportRule) async throws
    {
        var conformance = TransportConformance { try DefectiveStreams(defect) }
        // As long as a defect isn't noticed, a server may send as fast as it can.
        conformance.eventTimeout = .milliseconds(200)
        #expect(try await conformance.violations(of: rule).isEmpty == false)
    }

    @Test(arguments: TransportRule.streamingCases)
    func `a transport without a defect follows each rule`(rule: TransportRule) async throws {
        let conformance = TransportConformance { try DefectiveStreams(nil) }
        #expect(try await conformance.violations(of: rule).isEmpty)
    }

    @Test func `each rule is broken by a defect`() {
        #expect(Self.defects.map(\.1) == TransportRule.streamingCases)
        #expect(Set(Self.defects.map(\.0)) == Set(DefectiveStreams.Defect.allCases))
    }
}
