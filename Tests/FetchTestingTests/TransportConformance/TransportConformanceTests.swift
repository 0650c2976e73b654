import FetchCore
import FetchTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransportConformanceTests {
    @Test func `a transport that keeps the contract passes`() async throws {
        try await TransportConformance { ReferenceTransport() }.check()
    }

    /// The mistakes, and the rule that each breaks.
    static let mistakes: [(Flaw, TransportRule)] = [
        (.sendsDeleteAsPost, .method), (.decodesTildes, .url), (.resolvesDotSegments, .dotSegments),
        (.addsUserAgent, .requestFields),
        (.joinsRequestFields, .repeatedRequestFields), (.dropsEmptyFields, .emptyRequestField),
        (.cutsBodies, .requestBody), (.dropsBodyOfGet, .bodyWithGet), (.addsReferer, .nothingAdded),
        (.throwsServerErrors, .status), (.followsRedirects, .redirects), (.respondsToChallenges, .challenges),
        (.keepsCookies, .cookies), (.caches, .cache), (.waitsForBodyOfHead, .noContent),
        (.returnsInformational, .informational), (.cutsFields, .responseFields),
        (.joinsResponseFields, .repeatedResponseFields), (.sortsResponseFields, .responseFieldOrder),
        (.readsBodiesAsText, .responseBody), (.refusesTrailers, .trailers), (.leavesCompressed, .compression),
        (.allowsOneByteMore, .responseLimit), (.ignoresAnnouncedLength, .announcedLength),
        (.limitsCompressed, .compressedLimit), (.distrustsRefusals, .refusedConnection),
        (.takesResetsForGood, .lostConnection), (.acceptsBrokenHeads, .brokenHead),
        (.acceptsBrokenBodies, .brokenBody), (.speaksHTTP09, .notHTTP), (.ignoresCancellation, .cancellation),
        (.ignoresTimeout, .timeout), (.blocksActors, .suspension), (.sendsEightAtOnce, .parallelRequests),
        (.givesUpHosts, .recovery), (.trustsIdleConnections, .idleConnection), (.retriesOften, .deadConnection),
        (.keepsUnsolicitedBytes, .unsolicitedResponse), (.leaksConnections, .closing), (.tellsURLs, .secretsInErrors),
        (.prints, .output),
    ]

    @Test(arguments: mistakes)
    func `a mistake breaks its rule`(flaw: Flaw, rule: TransportRule) async throws {
        var conformance = TransportConformance { ReferenceTransport(flaw) }
        conformance.eventTimeout = .seconds(1)
        let violations = try await conformance.violations(of: rule)
        #expect(!violations.isEmpty)
    }

    @Test func `each rule has a mistake that breaks it`() {
        #expect(Self.mistakes.map(\.1) == TransportRule.allCases)
        #expect(Set(Self.mistakes.map(\.0)) == Set(Flaw.allCases))
    }

    @Test func `an exception is a rule that isn't tried`() async throws {
        let conformance = TransportConformance { ReferenceTransport(.addsReferer) }.exceptAllBut(.nothingAdded)
        #expect(try await conformance.violations().isEmpty == false)
        let excepted = conformance.except(.nothingAdded, because: "the test is about exceptions.")
        #expect(try await excepted.violations().isEmpty)
    }

    @Test func `all violations are reported at once, with the rule, what was expected and what was seen`() async throws
    {
        let conformance = TransportConformance { ReferenceTransport(.dropsBodyOfGet) }.exceptAllBut(
            .bodyWithGet,
            .method
        )
        let failure = await #expect(throws: TransportConformanceFailure.self) { try await conformance.check() }
        #expect(
            failure?.description == """
                ReferenceTransport breaks a rule of transports:
                  - bodyWithGet: expected a body of 8 bytes with GET, saw 0 bytes. \(TransportRule.bodyWithGet.requirement)
                """
        )
    }

    @Test func `a transport is shut down after each rule`() async throws {
        let log = EventLog()
        _ = try await TransportConformance {
            ReferenceTransport()
        } shutDown: { _ in
            log.append("shut down")
        }
        .exceptAllBut(.method, .closing, .cookies)
        .violations()
        #expect(log.events.count == 3)
    }

    @Test func `an error while a transport is made ends the check`() async throws {
        struct Missing: Error {}
        let conformance = TransportConformance { () throws -> ReferenceTransport in throw Missing() }
        await #expect(throws: Missing.self) { try await conformance.check() }
    }
}

extension TransportConformance {
    fileprivate func exceptAllBut(_ rules: TransportRule...) -> Self {
        TransportRule.allCases.filter { !rules.contains($0) }.reduce(self) {
            $0.except($1, because: "another test has it.")
        }
    }
}
