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
/// deadline of its own.
public struct FetchUpdates<Output: Sendable>: AsyncSequence, Sendable {
    /// A state and how often it has been asked for.
    public typealias Element = FetchUpdate<Output>

    /// Adds the endpoint and the job to an error.
    let locate: @Sendable (FetchError) -> FetchError
    let poll: @Sendable () -> Poll<Output>

    /// Starts a wait. Nothing is sent before the first call of `next()`.
    public func makeAsyncIterator() -> Iterator {
        Iterator(poll: poll)
    }

    /// One wait.
    public struct Iterator: AsyncIteratorProtocol {
        private let poll: @Sendable () -> Poll<Output>
        private var running: Poll<Output>?

        init(poll: @escaping @Sendable () -> Poll<Output>) {
            self.poll = poll
        }

        /// Waits until the job is due, asks, and returns its state; nil after a terminal state or an error.
        public mutating func next() async throws -> FetchUpdate<Output>? {
            var poll = running ?? poll()
            defer { running = poll }
            return try await poll.next()
        }
    }
}

@available(*, unavailable)
extension FetchUpdates.Iterator: Sendable {}
