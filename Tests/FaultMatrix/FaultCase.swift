package import FetchCore
import FetchTesting

/// A row of the fault matrix: the behaviour of a server and the expected outcome.
package struct FaultCase: Sendable {
    /// The outcome for the caller.
    package enum Outcome: Sendable, Equatable, CustomStringConvertible {
        case done
        case pending
        /// A retryable error with this code.
        case retryable(FetchError.Code)
        /// An error with this code that isn't retryable.
        case permanent(FetchError.Code)

        package var description: String {
            switch self {
            case .done: "done"
            case .pending: "pending"
            case .retryable(let code): "\(code), retryable"
            case .permanent(let code): "\(code), not retryable"
            }
        }
    }

    /// The expected results of a fault.
    struct Expectation: Sendable {
        /// The outcome of `fetch`, which sends one request.
        var fetch: Outcome
        /// The outcome of `updates` and of a batch.
        var updates: Outcome
        /// The number of requests of `updates` and of a batch. If a deadline ends them, the minimum number.
        var requests: Int
    }

    package let name: String
    /// The server's responses in order. The last one repeats.
    var responses: [LoopbackResponse]
    /// The expectation for transports without an override.
    private var defaultExpectation: Expectation
    /// The expectations for transports that behave differently.
    private var overrides: [TestedTransport.Name: Expectation] = [:]
    /// The transports that crash, or whose outcome depends on timing.
    private var excluded: Set<TestedTransport.Name> = []
    /// True if the fault affects every request, false if it affects only the first one.
    package private(set) var isRepeated = false
    /// True if the policy's deadline ends `updates` and a batch.
    package private(set) var endsAtDeadline = false
    /// The number of failing requests that don't reach the server.
    var undelivered = 0
    /// True if connections are refused until the first request has failed.
    var refusesConnections = false
    var responseLimit = 1 << 20
    package var policy = PollingPolicy(
        deadline: .seconds(60),
        requestTimeout: .seconds(30),
        minimumGap: .milliseconds(10),
        maximumGap: .milliseconds(20)
    )

    /// Creates a fault that occurs once. The next response reports the job as done.
    init(
        _ name: String,
        _ responses: LoopbackResponse...,
        fetch: Outcome,
        updates: Outcome,
        requests: Int
    ) {
        self.name = name
        self.responses = responses + [.done]
        defaultExpectation = Expectation(fetch: fetch, updates: updates, requests: requests)
    }

    /// Returns the expectation for a transport.
    func expectation(over transport: TestedTransport.Name) -> Expectation { overrides[transport] ?? defaultExpectation }

    /// Returns true if the row isn't excluded for a transport.
    func runs(over transport: TestedTransport.Name) -> Bool { !excluded.contains(transport) }
}

extension FaultCase {
    /// Returns the fault with a different expectation for some transports.
    ///
    /// - Parameters:
    ///   - transports: The transports with the different expectation.
    ///   - fetch: The outcome of `fetch`.
    ///   - updates: The outcome of `updates` and of a batch. Defaults to `fetch` if that ends the job's polling, and
    ///     otherwise to `.done`.
    ///   - requests: The number of requests of `updates` and of a batch. Defaults to 1 if `fetch` ends the job's
    ///     polling, and otherwise to 2.
    /// - Returns: The row with the overrides.
    func over(
        _ transports: TestedTransport.Name...,
        fetch: Outcome,
        updates: Outcome? = nil,
        requests: Int? = nil
    ) -> Self {
        let isFinal = if case .permanent = fetch { true } else { fetch == .done }
        var row = self
        for transport in transports {
            row.overrides[transport] = Expectation(
                fetch: fetch,
                updates: updates ?? (isFinal ? fetch : .done),
                requests: requests ?? (isFinal ? 1 : 2)
            )
        }
        return row
    }

    /// Returns the fault without transports that crash or whose outcome depends on timing.
    func excluding(_ transports: TestedTransport.Name...) -> Self {
        var row = self
        row.excluded.formUnion(transports)
        return row
    }

    /// Returns the fault for every request, so that polling ends after four requests with the error of the last one.
    func repeated() -> Self {
        var row = repeating(suffix: "repeated") { expectation in
            let isFinal = if case .permanent = expectation.fetch { true } else { false }
            return Expectation(fetch: expectation.fetch, updates: expectation.fetch, requests: isFinal ? 1 : 4)
        }
        row.policy.toleratedErrors = 3
        return row
    }

    /// Returns the fault for every request, with a short deadline. The number of requests before the deadline depends
    /// on the machine's load.
    func untilDeadline() -> Self {
        var row = repeating(suffix: "repeated until the deadline") { expectation in
            Expectation(fetch: expectation.fetch, updates: .retryable(.deadlineExceeded), requests: 1)
        }
        row.policy.toleratedErrors = .max
        row.policy.deadline = .milliseconds(800)
        row.endsAtDeadline = true
        return row
    }

    private func repeating(suffix: String, _ change: (Expectation) -> Expectation) -> Self {
        var row = Self("\(name), \(suffix)", fetch: .pending, updates: .pending, requests: 1)
        row.defaultExpectation = change(defaultExpectation)
        row.overrides = overrides.mapValues(change)
        row.excluded = excluded
        row.responses = [responses[0]]
        row.isRepeated = true
        row.undelivered = undelivered
        row.refusesConnections = refusesConnections
        row.responseLimit = responseLimit
        row.policy = policy
        return row
    }

    /// Returns the fault with a request timeout.
    func withRequestTimeout(_ timeout: Duration) -> Self {
        var row = self
        row.policy.requestTimeout = timeout
        return row
    }

    /// Returns the fault with a number of requests that don't reach the server.
    func undelivered(_ requests: Int) -> Self {
        var row = self
        row.undelivered = requests
        return row
    }

    /// Returns the fault with a limit on the response's size in bytes.
    func limited(to bytes: Int) -> Self {
        var row = self
        row.responseLimit = bytes
        return row
    }
}

extension LoopbackResponse {
    /// A response that reports the job as done.
    static var done: Self { .json(#"{"status":"done","link":"https://example.com/a.mp4"}"#) }

    /// Returns a raw response with a head of CRLF-terminated lines.
    static func lines(_ lines: String..., body: String = "") -> Self {
        .text((lines + ["", ""]).joined(separator: "\r\n") + body)
    }
}
