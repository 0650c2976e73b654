import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run of one rule against one transport. Sends requests, waits for events and collects violations.
final class TransportTrial: Sendable {
    /// A value that no transport may print or include in an error. No encoding changes its characters, so that a search
    /// finds it.
    static let canary = "sk-canary-7f1d24c8a95be306"

    let rule: TransportRule
    /// The time limit for an event that should happen immediately.
    let eventTimeout: EventTimeout
    private let shutDownTransport: @Sendable (any FetchTransport) async throws -> Void
    private let current: Mutex<(any FetchTransport)?>
    private let found = Mutex<[TransportViolation]>([])

    init(
        rule: TransportRule,
        transport: any FetchTransport,
        eventTimeout: Duration,
        shutDown: @escaping @Sendable (any FetchTransport) async throws -> Void
    ) {
        self.rule = rule
        self.eventTimeout = EventTimeout(eventTimeout)
        current = Mutex(transport)
        shutDownTransport = shutDown
    }

    var violations: [TransportViolation] { found.withLock { $0 } }

    func record(_ expected: String, observed: String) {
        found.withLock { $0.append(TransportViolation(rule: rule, expected: expected, observed: observed)) }
    }

    /// Records a violation if the condition is false.
    func expect(_ condition: Bool, _ expected: @autoclosure () -> String, observed: @autoclosure () -> String) {
        if !condition { record(expected(), observed: observed()) }
    }

    /// Returns the transport that is checked.
    ///
    /// - Throws: `CancellationError` after ``shutDown()``.
    func transport() throws -> any FetchTransport {
        guard let transport = current.withLock({ $0 }) else { throw CancellationError() }
        return transport
    }

    /// Shuts the transport down and releases it. Further calls do nothing.
    func shutDown() async throws {
        guard let transport = current.withLock({ $0.take() }) else { return }
        try await shutDownTransport(transport)
    }

    /// True if the transport ends requests at their timeout.
    var enforcesTimeout: Bool { current.withLock { $0?.enforcesTimeout } ?? false }

    /// Starts a request in its own task.
    func begin(_ request: FetchRequest) -> TransportExchange {
        TransportExchange(current.withLock { $0 }, request)
    }

    /// Sends a request and returns its outcome.
    func send(_ request: FetchRequest) async -> TransportExchange.Outcome {
        await begin(request).outcome(within: eventTimeout)
    }

    /// Sends a request and returns the response. Records a violation and returns `nil` if there is none.
    func response(to request: FetchRequest, _ subject: String) async -> FetchResponse? {
        let outcome = await send(request)
        if case .response(let response) = outcome { return response }
        record("a response \(subject)", observed: "\(outcome)")
        return nil
    }

    /// Waits until a condition is true that depends on other threads or the kernel. Returns false at the time limit.
    func eventually(_ condition: () -> Bool) async -> Bool { await eventTimeout.wait(until: condition) }
}

extension TransportTrial {
    /// Returns a request to a server. GET and HEAD requests have no body. The target is a percent-encoded path and
    /// query.
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
        // All targets of the suite are well formed.
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
