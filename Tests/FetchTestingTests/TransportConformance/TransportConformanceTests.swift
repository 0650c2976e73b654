import FetchCore
import FetchTesting
import TestSupport
import Testing

@Suite("Transport conformance", .timeLimit(.minutes(5)))
struct TransportConformanceTests {
    @Test func `a conforming transport passes`() async throws {
        try await TransportConformance { ReferenceTransport() }.check()
    }

    /// The seeded defects and the rule that each breaks.
    static let defects: [(TransportDefect, TransportRule)] = [
        (.sendsDeleteAsPost, .method), (.decodesTildes, .url), (.resolvesDotSegments, .dotSegments),
        (.addsUserAgent, .requestFields),
        (.joinsRequestFields, .repeatedRequestFields), (.dropsEmptyFields, .emptyRequestField),
        (.truncatesBodies, .requestBody), (.dropsBodyOfGet, .bodyWithGet), (.addsReferer, .nothingAdded),
        (.ignoresAddressPolicy, .addressPolicy),
        (.throwsServerErrors, .status), (.followsRedirects, .redirects), (.respondsToChallenges, .challenges),
        (.keepsCookies, .cookies), (.caches, .cache), (.waitsForBodyOfHead, .noContent),
        (.returnsInformational, .informational), (.truncatesFields, .responseFields),
        (.joinsResponseFields, .repeatedResponseFields), (.sortsResponseFields, .responseFieldOrder),
        (.readsBodiesAsText, .responseBody), (.rejectsTrailers, .trailers), (.leavesCompressed, .compression),
        (.allowsOneByteMore, .responseLimit), (.ignoresAnnouncedLength, .announcedLength),
        (.limitsCompressed, .compressedLimit), (.mapsRefusalToUntrusted, .refusedConnection),
        (.mapsResetToPermanent, .lostConnection), (.acceptsTruncatedHeads, .brokenHead),
        (.acceptsTruncatedBodies, .brokenBody), (.acceptsHTTP09, .notHTTP), (.ignoresCancellation, .cancellation),
        (.ignoresTimeout, .timeout), (.blocksActors, .suspension), (.limitsParallelism, .parallelRequests),
        (.rejectsFailedHosts, .recovery), (.trustsIdleConnections, .idleConnection), (.retriesOften, .deadConnection),
        (.keepsUnsolicitedBytes, .unsolicitedResponse), (.leaksConnections, .closing), (.exposesURLs, .secretsInErrors),
        (.prints, .output),
    ]

    @Test(arguments: defects)
    func `a transport with a defect breaks its rule`(defect: TransportDefect, rule: TransportRule) async throws {
        var conformance = TransportConformance { ReferenceTransport(defect) }
        conformance.eventTimeout = .seconds(1)
        let violations = try await conformance.violations(of: rule)
        #expect(!violations.isEmpty)
    }

    @Test func `each rule is broken by a defect`() {
        #expect(Self.defects.map(\.1) == TransportRule.allCases)
        #expect(Set(Self.defects.map(\.0)) == Set(TransportDefect.allCases))
    }

    @Test func `an excluded rule isn't checked`() async throws {
        let conformance = TransportConformance { ReferenceTransport(.addsReferer) }.exceptAllBut(.nothingAdded)
        #expect(try await conformance.violations().isEmpty == false)
        let excepted = conformance.except(.nothingAdded, because: "The test excludes it.")
        #expect(try await excepted.violations().isEmpty)
    }

    @Test func `all violations are reported together, with the expected and the observed behaviour`() async throws {
        let conformance = TransportConformance { ReferenceTransport(.dropsBodyOfGet) }.exceptAllBut(
            .bodyWithGet,
            .method
        )
        let failure = await #expect(throws: TransportConformanceFailure.self) { try await conformance.check() }
        #expect(
            failure?.description == """
                ReferenceTransport breaks a rule of transports:
                  - bodyWithGet: expected a body of 8 bytes with GET, observed 0 bytes. \(TransportRule.bodyWithGet.requirement)
                """
        )
    }

    @Test func `a transport is shut down after each rule`() async throws {
        let log = EventLog<String>()
        _ = try await TransportConformance {
            ReferenceTransport()
        } shutDown: { _ in
            log.record("shut down")
        }
        .exceptAllBut(.method, .closing, .cookies)
        .violations()
        #expect(log.events.count == 3)
    }

    @Test func `an error during the creation of a transport ends the check`() async throws {
        struct Missing: Error {}
        let conformance = TransportConformance { () throws -> ReferenceTransport in throw Missing() }
        await #expect(throws: Missing.self) { try await conformance.check() }
    }
}

extension TransportConformance {
    fileprivate func exceptAllBut(_ rules: TransportRule...) -> Self {
        TransportRule.allCases.filter { !rules.contains($0) }.reduce(self) {
            $0.except($1, because: "Another test checks it.")
        }
    }
}
