public import FetchCore

/// Tries whether an endpoint keeps the rules of `FetchEndpoint`, in three lines of a test.
///
/// ```swift
/// @Test func conforms() async throws {
///     try await EndpointConformance(Interior(), ids: [1, 77]).check()
/// }
/// ```
///
/// It sends real requests through a `FetchClient` to a transport that only records them, on a clock of its own: nothing
/// leaves the process and nothing sleeps. What it tries is listed in ``ConformanceRule``. All violations are reported
/// at once.
///
/// It knows more where it is shown answers:
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
/// Each must be read as what it is, and every field of each is then left out, and given every wrong type.
///
/// One rule is a convention and no requirement of `FetchEndpoint`: ``ConformanceRule/providerInName`` wants a name that is
/// the provider's, a dot and one more word, such as `modelslab.interior`. Whoever names endpoints otherwise passes
/// `except: [.providerInName]`, as with any rule that an endpoint breaks knowingly.
///
/// A decoder that *traps* ends the process, and no suite can catch that. The stack trace names the line; to see the
/// answer that did it, pass ``check(onProbe:)`` a closure that prints.
public struct EndpointConformance<Endpoint: FetchEndpoint>: Sendable {
    private let run: ConformanceRun<Endpoint>
    private let exceptions: Set<ConformanceRule>

    /// Prepares the suite.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint to try.
    ///   - ids: Ids as the provider gives them; at least two different ones.
    ///   - fixtures: Answers as the provider gives them, and what they mean.
    ///   - neighbours: The endpoints that it will be registered with, whose names and URLs it must not take.
    ///   - exceptions: Rules that this endpoint breaks knowingly.
    public init(
        _ endpoint: Endpoint,
        ids: [Endpoint.ID],
        fixtures: [EndpointFixture] = [],
        beside neighbours: EndpointRegistry = EndpointRegistry(),
        except exceptions: Set<ConformanceRule> = []
    ) {
        run = ConformanceRun(endpoint: endpoint, ids: ids, fixtures: fixtures, neighbours: neighbours)
        self.exceptions = exceptions
    }

    /// Throws where a rule is broken.
    ///
    /// - Parameter onProbe: Is told what is about to be tried, before each answer that the decoder has to read.
    /// - Throws: ``ConformanceFailure``, which lists all violations; `CancellationError`.
    public func check(onProbe: (@Sendable (String) -> Void)? = nil) async throws {
        let violations = try await violations(onProbe: onProbe)
        guard !violations.isEmpty else { return }
        throw ConformanceFailure(endpoint: run.endpoint.name, violations: violations)
    }

    /// What is wrong with the endpoint; empty where nothing is.
    ///
    /// - Parameter onProbe: Is told what is about to be tried, before each answer that the decoder has to read.
    /// - Throws: Only `CancellationError`.
    public func violations(onProbe: (@Sendable (String) -> Void)? = nil) async throws -> [ConformanceViolation] {
        var run = run
        run.onProbe = onProbe
        let violations = try await run.clock.run { [run] in try await run.violations() }
        return violations.filter { !exceptions.contains($0.rule) }
    }
}
