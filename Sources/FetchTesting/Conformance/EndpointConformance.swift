public import FetchCore

/// A test suite that checks an endpoint against the rules of `FetchEndpoint`.
///
/// ```swift
/// @Test func conforms() async throws {
///     try await EndpointConformance(Interior(), ids: [1, 77]).check()
/// }
/// ```
///
/// The suite sends requests through a `FetchClient` to a transport that records them, on a virtual clock. No request
/// leaves the process and nothing sleeps. ``ConformanceRule`` lists the rules. All violations are reported together.
///
/// With example responses, the suite checks more:
///
/// ```swift
/// try await EndpointConformance(
///     Interior(),
///     ids: [1, 77],
///     fixtures: [
///         .pending(#"{"status":"processing","eta":20}"#),
///         .succeeded(#"{"status":"success","output":["https://example.com/a.png"]}"#),
///         .failed(#"{"status":"failed","message":"no room was found"}"#),
///     ]
/// ).check()
/// ```
///
/// Each fixture must be decoded to the state that it is declared as. Then the suite removes each field of each fixture,
/// and replaces it by values of other types.
///
/// For an endpoint that declares a `submission`, pass examples of the responses to submissions as well, as
/// `submissions:`. See ``SubmissionFixture``.
///
/// One rule is a convention and not a requirement of `FetchEndpoint`: ``ConformanceRule/providerInName`` requires a
/// name that consists of the provider's name, a dot and one more component, such as `modelslab.interior`. For another
/// name, pass `except: [.providerInName]`. Any rule that an endpoint breaks on purpose can be excluded in this way.
///
/// A decoder that *traps* terminates the process, and the suite can't catch that. The stack trace names the line. To
/// see the response that caused the trap, pass ``check(onProbe:)`` a closure that prints.
public struct EndpointConformance<Endpoint: FetchEndpoint>: Sendable {
    private let run: ConformanceRun<Endpoint>
    private let exceptions: Set<ConformanceRule>

    /// Creates a suite for one endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint to check.
    ///   - ids: At least two different ids in the provider's format.
    ///   - fixtures: Example responses of the provider and the states that they stand for. Defaults to none.
    ///   - submissions: Example responses to submissions and the jobs in them. Defaults to none.
    ///   - others: The endpoints that it will be registered with. It can't share their names or URLs. Defaults to none.
    ///   - key: The key to send. Defaults to a key of letters, digits and hyphens, and for `Authorization.basic` to a
    ///     user name and such a password. Pass one if the endpoint's signature needs another format, such as an
    ///     identifier and a secret. It must not be a real key.
    ///   - exceptions: The rules that this endpoint breaks on purpose. Defaults to none.
    public init(
        _ endpoint: Endpoint,
        ids: [Endpoint.ID],
        fixtures: [EndpointFixture] = [],
        submissions: [SubmissionFixture] = [],
        registeredWith others: EndpointRegistry = EndpointRegistry(),
        key: APIKey? = nil,
        except exceptions: Set<ConformanceRule> = []
    ) {
        run = ConformanceRun(
            endpoint: endpoint,
            ids: ids,
            fixtures: fixtures,
            submissions: submissions,
            others: others,
            key: key
        )
        self.exceptions = exceptions
    }

    /// Checks all rules and throws if the endpoint breaks one.
    ///
    /// - Parameter onProbe: Called with a description of each response before it is decoded. Defaults to `nil`.
    /// - Throws: ``ConformanceFailure`` with all violations, or `CancellationError` if the task is cancelled.
    public func check(onProbe: (@Sendable (String) -> Void)? = nil) async throws {
        let violations = try await violations(onProbe: onProbe)
        guard !violations.isEmpty else { return }
        throw ConformanceFailure(endpoint: run.endpoint.name, violations: violations)
    }

    /// Checks all rules and returns the violations.
    ///
    /// - Parameter onProbe: Called with a description of each response before it is decoded. Defaults to `nil`.
    /// - Returns: The violations in the order in which they were found. Empty if the endpoint conforms.
    /// - Throws: `CancellationError` if the task is cancelled, and no other error.
    public func violations(onProbe: (@Sendable (String) -> Void)? = nil) async throws -> [ConformanceViolation] {
        var run = run
        run.onProbe = onProbe
        let violations = try await run.clock.run { [run] in try await run.violations() }
        return violations.filter { !exceptions.contains($0.rule) }
    }
}
