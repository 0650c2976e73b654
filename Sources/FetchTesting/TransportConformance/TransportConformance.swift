public import FetchCore

/// Checks whether a transport keeps the contract of `FetchTransport`, in three lines of a test.
///
/// ```swift
/// @Test func `keeps the contract of transports`() async throws {
///     try await TransportConformance { try CurlTransport() }.check()
/// }
/// ```
///
/// Each rule of ``TransportRule`` runs over real sockets, with a transport of its own, against a ``LoopbackServer`` that plays both
/// proper and broken servers. All violations are reported at once, each with the rule, what was expected and what was seen.
///
/// A transport that must be shut down before it is released gets a second closure, which runs after each rule:
///
/// ```swift
/// try await TransportConformance {
///     try CurlTransport()
/// } shutDown: { transport in
///     await transport.shutdown()
/// }
/// .check()
/// ```
///
/// A rule that a transport can't keep is excepted with ``except(_:because:)``. An excepted rule doesn't run, since it may be one whose
/// violation ends the process.
///
/// Responses come without delay, so a transport that keeps all rules takes about two seconds. A rule waits up to ten seconds
/// for what a transport should do at once, and longer if other work occupies Swift's threads, before it counts as broken.
public struct TransportConformance<Transport: FetchTransport>: Sendable {
    private let makeTransport: @Sendable () async throws -> Transport
    private let shutDown: @Sendable (Transport) async throws -> Void
    /// The reasons of the exceptions.
    private var exceptions: [TransportRule: String] = [:]
    /// The time that a rule waits for an event that should come at once.
    package var patience: Duration = .seconds(10)

    /// Prepares the suite.
    ///
    /// - Parameters:
    ///   - makeTransport: Creates a transport; called once for each rule. An error that it throws ends the check.
    ///   - shutDown: Shuts a transport down after its rule. Does nothing by default, as is right for a transport that closes its
    ///     connections when it is released.
    public init(
        _ makeTransport: @escaping @Sendable () async throws -> Transport,
        shutDown: @escaping @Sendable (Transport) async throws -> Void = { _ in }
    ) {
        self.makeTransport = makeTransport
        self.shutDown = shutDown
    }

    /// The same suite without one of the rules.
    ///
    /// - Parameters:
    ///   - rule: The rule that the transport doesn't keep.
    ///   - reason: Why it doesn't, as a sentence for those who read the test.
    public func except(_ rule: TransportRule, because reason: String) -> Self {
        var conformance = self
        conformance.exceptions[rule] = reason
        return conformance
    }

    /// Throws if the transport breaks a rule.
    ///
    /// - Throws: ``TransportConformanceFailure``, which lists all violations; what `makeTransport` and `shutDown` throw.
    public func check() async throws {
        let violations = try await self.violations()
        guard !violations.isEmpty else { return }
        throw TransportConformanceFailure(transport: "\(Transport.self)", violations: violations)
    }

    /// The rules that the transport breaks, and how; empty if it keeps all of them.
    ///
    /// - Throws: What `makeTransport` and `shutDown` throw.
    public func violations() async throws -> [TransportViolation] {
        var violations: [TransportViolation] = []
        for rule in TransportRule.allCases where exceptions[rule] == nil {
            violations += try await self.violations(of: rule)
        }
        return violations
    }

    /// The violations of one rule.
    package func violations(of rule: TransportRule) async throws -> [TransportViolation] {
        let trial = TransportTrial(rule: rule, transport: try await makeTransport(), patience: patience) { transport in
            // Always of this type. The trial holds the only reference, so that the transport is released after that.
            if let transport = transport as? Transport { try await shutDown(transport) }
        }
        do {
            try await rule.run(trial)
        } catch let error as SystemFailure {
            // The suite's own server.
            trial.note("a server on 127.0.0.1", saw: "\(error)")
        }
        try await trial.shutDown()
        return trial.violations
    }
}
