public import FetchCore
import SystemLibrary

/// A test suite that checks a transport against the contract of `FetchTransport`.
///
/// ```swift
/// @Test func `the transport conforms to the contract`() async throws {
///     try await TransportConformance { try CurlTransport() }.check()
/// }
/// ```
///
/// Each rule of ``TransportRule`` runs over real sockets, with a new transport, against a ``LoopbackServer`` that acts
/// as a correct or a broken server. The rules of ``TransportRule/streamingCases`` run too if the transport conforms to
/// `StreamingTransport`. All violations are reported together, each with the rule, the expected behaviour
/// and the observed behaviour.
///
/// For a transport that must be shut down before it is released, pass a second closure. It runs after each rule:
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
/// Exclude a rule that a transport can't follow with ``except(_:because:)``. An excluded rule doesn't run, since its
/// violation may terminate the process.
///
/// The server responds without delay, so the suite takes about two seconds for a conforming transport. A rule waits up
/// to ten seconds for an event that should happen immediately, and longer if other work occupies Swift's threads.
public struct TransportConformance<Transport: FetchTransport>: Sendable {
    private let makeTransport: @Sendable () async throws -> Transport
    private let shutDown: @Sendable (Transport) async throws -> Void
    /// The excluded rules and the reasons.
    private var exceptions: [TransportRule: String] = [:]
    /// The time limit for an event that should happen immediately. Defaults to ten seconds.
    package var eventTimeout: Duration = .seconds(10)

    /// Creates a suite for one type of transport.
    ///
    /// - Parameters:
    ///   - makeTransport: Creates a transport. Called once for each rule. If it throws, the check ends with that error.
    ///   - shutDown: Shuts a transport down after its rule. Defaults to no action, for a transport that closes its
    ///     connections when it is released.
    public init(
        _ makeTransport: @escaping @Sendable () async throws -> Transport,
        shutDown: @escaping @Sendable (Transport) async throws -> Void = { _ in }
    ) {
        self.makeTransport = makeTransport
        self.shutDown = shutDown
    }

    /// Returns the same suite without one of the rules.
    ///
    /// - Parameters:
    ///   - rule: The rule that the transport doesn't follow.
    ///   - reason: The reason, as a sentence for readers of the test. It isn't reported.
    /// - Returns: The suite without the rule.
    public func except(_ rule: TransportRule, because reason: String) -> Self {
        var conformance = self
        conformance.exceptions[rule] = reason
        return conformance
    }

    /// Checks all rules and throws if the transport breaks one.
    ///
    /// - Throws: ``TransportConformanceFailure`` with all violations, or the errors of `makeTransport` and `shutDown`.
    public func check() async throws {
        let violations = try await self.violations()
        guard !violations.isEmpty else { return }
        throw TransportConformanceFailure(transport: "\(Transport.self)", violations: violations)
    }

    /// Checks all rules and returns the violations.
    ///
    /// - Returns: The violations in the order of the rules. Empty if the transport conforms.
    /// - Throws: The errors of `makeTransport` and `shutDown`.
    public func violations() async throws -> [TransportViolation] {
        var violations: [TransportViolation] = []
        let isStreaming = Transport.self is any StreamingTransport.Type
        let rules = TransportRule.allCases + (isStreaming ? TransportRule.streamingCases : [])
        for rule in rules where exceptions[rule] == nil {
            violations += try await self.violations(of: rule)
        }
        return violations
    }

    /// Checks one rule and returns its violations.
    package func violations(of rule: TransportRule) async throws -> [TransportViolation] {
        let trial = TransportTrial(rule: rule, transport: try await makeTransport(), eventTimeout: eventTimeout) {
            transport in
            // The cast always succeeds. The trial holds the only reference, so the transport is released after the
            // shutdown.
            if let transport = transport as? Transport { try await shutDown(transport) }
        }
        do {
            try await rule.run(trial)
        } catch let error as SystemFailure {
            // The suite's own server failed.
            trial.record("a server on 127.0.0.1", observed: "\(error)")
        }
        try await trial.shutDown()
        return trial.violations
    }
}
