#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore
import Synchronization

/// A transport that plays back a script and records what it was sent.
///
/// ```swift
/// let transport = ScriptedTransport([
///     .json(#"{"status":"processing"}"#),
///     .failure(URLError(.networkConnectionLost)),
///     .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#).after(.seconds(2)),
/// ])
/// ```
///
/// The last step answers every further request, so that a script of one step is a server that always says the same.
public final class ScriptedTransport: FetchTransport {
    /// What one request gets.
    public struct Step: Sendable {
        fileprivate let respond: @Sendable (FetchRequest) async throws -> FetchResponse
        fileprivate var delay: Duration = .zero

        /// Creates a step that computes its response from the request.
        public init(_ respond: @escaping @Sendable (FetchRequest) async throws -> FetchResponse) {
            self.respond = respond
        }

        /// A response.
        public static func response(_ response: FetchResponse) -> Self { Self { _ in response } }

        /// A JSON response.
        public static func json(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
            var headers = headers
            headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
            return .response(FetchResponse(status: status, headers: headers, body: Data(text.utf8)))
        }

        /// An error, as when a connection is lost.
        public static func failure(_ error: any Error) -> Self { Self { _ in throw error } }

        /// No answer at all, until the request is cancelled.
        public static var silence: Self { json("").after(.seconds(1_000_000_000)) }

        /// The same step, so much later on the transport's clock.
        public func after(_ delay: Duration) -> Self {
            var step = self
            step.delay = delay
            return step
        }
    }

    private struct State {
        var steps: ArraySlice<Step>
        var requests: [FetchRequest] = []
    }

    private let clock: any Clock<Duration>
    private let state: Mutex<State>

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - steps: What the requests get, in order; at least one.
    ///   - clock: What delays are measured with.
    public init(_ steps: [Step], clock: any Clock<Duration> = ContinuousClock()) {
        precondition(!steps.isEmpty, "A script has at least one step.")
        self.clock = clock
        state = Mutex(State(steps: steps[...]))
    }

    /// The requests so far, the keys inside.
    public var requests: [FetchRequest] { state.withLock(\.requests) }

    /// Records the request and plays the next step.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            return state.steps.count > 1 ? state.steps.removeFirst() : state.steps[state.steps.startIndex]
        }
        if step.delay > .zero { try await clock.sleep(for: step.delay) }
        return try await step.respond(request)
    }
}
