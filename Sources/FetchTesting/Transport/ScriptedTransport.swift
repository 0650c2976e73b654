#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore
import Synchronization

/// A transport that plays back scripted responses and records the requests.
///
/// ```swift
/// let transport = ScriptedTransport([
///     .json(#"{"status":"processing"}"#),
///     .failure(URLError(.networkConnectionLost)),
///     .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#).after(.seconds(2)),
/// ])
/// ```
///
/// The last step is repeated for every further request. A script with one step always gives the same response.
public final class ScriptedTransport: FetchTransport {
    /// The response or the error for one request, with an optional delay.
    public struct Step: Sendable {
        fileprivate let respond: @Sendable (FetchRequest) async throws -> FetchResponse
        fileprivate var delay: Duration = .zero

        /// Creates a step that computes its response from the request. An error of the closure is thrown by `send`.
        public init(_ respond: @escaping @Sendable (FetchRequest) async throws -> FetchResponse) {
            self.respond = respond
        }

        /// Creates a step that returns a response.
        public static func response(_ response: FetchResponse) -> Self { Self { _ in response } }

        /// Creates a step that returns a JSON body. `Content-Type` defaults to `application/json`.
        public static func json(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
            .response(FetchResponse(json: text, status: status, headers: headers))
        }

        /// Creates a step that throws an error, such as a lost connection.
        public static func failure(_ error: any Error) -> Self { Self { _ in throw error } }

        /// A step that doesn't respond until the request is cancelled.
        public static var silence: Self { json("").after(.seconds(1_000_000_000)) }

        /// Returns the same step with a delay on the transport's clock.
        public func after(_ delay: Duration) -> Self {
            var copy = self
            copy.delay = delay
            return copy
        }
    }

    private struct State {
        var steps: ArraySlice<Step>
        var requests: [FetchRequest] = []
    }

    private let clock: any Clock<Duration>
    private let state: Mutex<State>

    /// Creates a transport that begins with the first step.
    ///
    /// - Parameters:
    ///   - steps: The steps in the order of the requests. The array can't be empty; otherwise the initializer traps.
    ///   - clock: The clock for delays. Defaults to `ContinuousClock()`.
    public init(_ steps: [Step], clock: any Clock<Duration> = ContinuousClock()) {
        precondition(!steps.isEmpty, "A script must have at least one step.")
        self.clock = clock
        state = Mutex(State(steps: steps[...]))
    }

    /// The requests in the order in which they were sent, including their keys.
    public var requests: [FetchRequest] { state.withLock(\.requests) }

    /// Records the request, waits for the delay of the next step, and returns its response or throws its error.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            return state.steps.count > 1 ? state.steps.removeFirst() : state.steps[state.steps.startIndex]
        }
        if step.delay > .zero { try await clock.sleep(for: step.delay) }
        return try await step.respond(request)
    }
}
