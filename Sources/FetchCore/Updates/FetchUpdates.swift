/// A job's states as they come, the last one terminal.
///
/// Each state is handed out as soon as it is known; the wait for the next one begins when the loop asks for it, measured
/// from the answer. So a slow loop body costs no time, and a loop that is left asks nothing more: leaving it, by `break`
/// or by cancellation, is all the cleaning up there is.
///
/// ```swift
/// for try await update in client.updates(.transcript, id: "a1b2") {
///     switch update.state {
///     case .pending(let progress): show(progress.eta)
///     case .succeeded(let text): show(text)
///     case .failed(let failure): show(failure)
///     }
/// }
/// ```
///
/// Iteration throws ``FetchError`` where no state can be had: ``FetchError/Code/deadlineExceeded`` when the policy's
/// deadline is over, a permanent error such as ``FetchError/Code/unauthorized`` at once, a transient one when it has
/// happened too often in a row. It throws `CancellationError` when the task is cancelled, at once, also in the middle of
/// a gap or a request.
///
/// The sequence can be sent to another task and iterated more than once; each iteration is a wait of its own, with a
/// deadline of its own. Waits for one job share its requests: who joins another gets the last state at once, who leaves
/// takes nothing away from the others, and the polling ends when the last has left. Nothing is asked while nobody
/// looks forward to the next state, and a slow loop gets the newest one.
public struct FetchUpdates<Output: Sendable>: AsyncSequence, Sendable {
    /// A state and how often it has been asked for.
    public typealias Element = FetchUpdate<Output>

    private let makeSubscriber: @Sendable () -> UpdatesSubscriber

    init(makeSubscriber: @escaping @Sendable () -> UpdatesSubscriber) { self.makeSubscriber = makeSubscriber }

    /// Starts a wait. Nothing is sent before the first call of `next()`.
    public func makeAsyncIterator() -> Iterator {
        Iterator(lease: Lease(makeSubscriber()))
    }

    /// Returns an output as one of the endpoint's type.
    static func output(_ output: any FetchOutput) throws(FetchError) -> Output {
        guard let output = output as? Output else { throw .foreignOutput(output) }
        return output
    }

    /// One wait.
    public struct Iterator: AsyncIteratorProtocol {
        let lease: Lease

        /// Waits until the job is due, asks, and returns its state; nil after a terminal state or an error.
        public mutating func next() async throws -> FetchUpdate<Output>? {
            guard let update = try await lease.subscriber.next() else { return nil }
            return FetchUpdate(
                state: try update.state.map(FetchUpdates.output),
                requests: update.requests,
                elapsed: update.elapsed,
                nextRequest: update.nextRequest
            )
        }
    }

    /// Ends the wait when the iteration is left.
    final class Lease: Sendable {
        let subscriber: UpdatesSubscriber

        init(_ subscriber: UpdatesSubscriber) { self.subscriber = subscriber }

        deinit { subscriber.leave() }
    }
}

@available(*, unavailable)
extension FetchUpdates.Iterator: Sendable {}

extension FetchError {
    /// Returns the error for equal identities of endpoints with different outputs.
    fileprivate static func foreignOutput(_ output: any FetchOutput) -> Self {
        Self(.malformedEndpoint, "the endpoint yielded \(type(of: output)), which is not its output type")
    }
}
