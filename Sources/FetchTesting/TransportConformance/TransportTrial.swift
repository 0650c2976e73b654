import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One rule being tried with one transport: sends requests, waits for effects and collects violations.
final class TransportTrial: Sendable {
    /// A value that no transport may print or put into an error. No encoding changes it, so that a search finds it anywhere.
    static let canary = "sk-canary-7f1d24c8a95be306"

    let rule: TransportRule
    /// The time to wait for an event that should come at once.
    let patience: Patience
    private let shutDownTransport: @Sendable (any FetchTransport) async throws -> Void
    private let current: Mutex<(any FetchTransport)?>
    private let found = Mutex<[TransportViolation]>([])

    init(
        rule: TransportRule,
        transport: any FetchTransport,
        patience: Duration,
        shutDown: @escaping @Sendable (any FetchTransport) async throws -> Void
    ) {
        self.rule = rule
        self.patience = Patience(patience)
        current = Mutex(transport)
        shutDownTransport = shutDown
    }

    var violations: [TransportViolation] { found.withLock { $0 } }

    /// Adds a violation.
    func note(_ expected: String, saw seen: String) {
        found.withLock { $0.append(TransportViolation(rule: rule, expected: expected, seen: seen)) }
    }

    /// Adds a violation if the condition doesn't hold.
    func expect(_ condition: Bool, _ expected: @autoclosure () -> String, saw seen: @autoclosure () -> String) {
        if !condition { note(expected(), saw: seen()) }
    }

    /// The transport on trial.
    ///
    /// - Throws: `CancellationError` after ``shutDown()``.
    func transport() throws -> any FetchTransport {
        guard let transport = current.withLock({ $0 }) else { throw CancellationError() }
        return transport
    }

    /// Shuts the transport down. Further calls do nothing.
    func shutDown() async throws {
        guard let transport = current.withLock({ $0.take() }) else { return }
        try await shutDownTransport(transport)
    }

    /// Whether the transport ends requests in time by itself.
    var enforcesTimeout: Bool { current.withLock { $0?.enforcesTimeout } ?? false }

    /// Sends a request in a task of its own.
    func begin(_ request: FetchRequest) -> TransportExchange {
        TransportExchange(current.withLock { $0 }, request)
    }

    /// Sends a request and returns how it ended.
    func send(_ request: FetchRequest) async -> TransportExchange.Outcome {
        await begin(request).outcome(within: patience)
    }

    /// Sends a request and returns the response. Adds a violation if there is none.
    func response(to request: FetchRequest, _ subject: String) async -> FetchResponse? {
        let outcome = await send(request)
        if case .response(let response) = outcome { return response }
        note("a response \(subject)", saw: "\(outcome)")
        return nil
    }

    /// Waits until a condition holds that follows from events in other threads and in the kernel; false if it never does.
    func eventually(_ condition: () -> Bool) async -> Bool { await patience.holds(condition) }
}

extension TransportTrial {
    /// A request to a server.
    ///
    /// - Parameter target: Path and query, percent-encoded.
    func request(
        _ server: LoopbackServer,
        _ target: String = "/poll",
        method: RequestMethod = .post,
        headers: HeaderFields = ["Content-Type": "application/json"],
        body: Data? = Data(#"{"id":1}"#.utf8),
        timeout: Duration = .seconds(60),
        responseLimit: Int = 8 << 20
    ) -> FetchRequest {
        let text = "\(server.origin)\(target)"
        // The suite's own targets are all well formed.
        let url = URL(string: text, encodingInvalidCharacters: false) ?? server.url
        return FetchRequest(
            method: method,
            url: url,
            headers: headers,
            body: method == .get || method == RequestMethod("HEAD") ? nil : body,
            timeout: timeout,
            responseLimit: responseLimit
        )
    }
}
