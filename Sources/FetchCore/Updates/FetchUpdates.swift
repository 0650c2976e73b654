/// An asynchronous sequence of a job's states, the last of which is terminal.
///
/// Each state is returned as soon as it is known. The next request is made when the loop wants the next state, at a
/// time that is counted from the last response, so a slow loop body delays nothing. A loop that is left, by `break` or
/// by cancellation, makes no further request, and needs no other clean-up.
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
/// Iteration throws ``FetchError``: with the code ``FetchError/Code/deadlineExceeded`` when the policy's deadline is
/// reached, a permanent error such as ``FetchError/Code/unauthorized`` at once, and a transient one when there were too
/// many in a row. It throws `CancellationError` as soon as the task is cancelled, between requests as well as during
/// one.
///
/// The sequence can be sent to another task, and iterated more than once. Each iteration is a wait with a deadline of
/// its own. Waits for one job share its requests: one that joins another gets the last known state at once, one that
/// ends takes nothing from the others, and polling ends with the last of them. The job isn't polled while no iteration
/// wants its next state. A slow loop gets the newest state. Two tasks can't share one iterator: `next()` throws
/// ``FetchError/Code/concurrentIteration`` while another task waits in it.
public struct FetchUpdates<Output: Sendable>: AsyncSequence, Sendable {
    /// A state, with the number of requests so far and the time of the next one.
    public typealias Element = FetchUpdate<Output>

    private let endpoint: EndpointName?
    private let id: String?
    private let makeSubscriber: @Sendable () -> UpdatesSubscriber

    /// Creates the sequence of a job's states. The endpoint and the id are those for messages. They may be invalid, and
    /// are `nil` if they aren't known yet.
    init(of endpoint: EndpointName?, _ id: String?, makeSubscriber: @escaping @Sendable () -> UpdatesSubscriber) {
        self.endpoint = endpoint
        self.id = id
        self.makeSubscriber = makeSubscriber
    }

    /// Creates an iteration, which begins with the first call of `next()`.
    public func makeAsyncIterator() -> Iterator {
        Iterator(updates: self, lease: Lease(makeSubscriber()))
    }

    /// Returns an output of a job as one of the endpoint's type.
    static func output(
        _ output: any FetchOutput,
        of endpoint: EndpointName?,
        _ id: String?
    ) throws(FetchError) -> Output {
        guard case let ownOutput as Output = output else {
            let error = FetchError.foreignOutput(output, expected: Output.self)
            throw endpoint.map { error.about(endpoint: $0, id: id) } ?? error
        }
        return ownOutput
    }

    /// One wait.
    public struct Iterator: AsyncIteratorProtocol {
        let updates: FetchUpdates
        let lease: Lease

        /// Waits for the next state.
        ///
        /// - Returns: The state; `nil` after a terminal state or an error.
        /// - Throws: ``FetchError``, with the code ``FetchError/Code/concurrentIteration`` while another task waits for
        ///   the next state of the same iterator; `CancellationError`.
        public mutating func next() async throws -> FetchUpdate<Output>? {
            guard let update = try await lease.subscriber.next() else { return nil }
            return FetchUpdate(
                state: try update.state.map { try FetchUpdates.output($0, of: updates.endpoint, updates.id) },
                requests: update.requests,
                elapsed: update.elapsed,
                nextRequest: update.nextRequest,
                moment: update.moment
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
    fileprivate static func foreignOutput(_ output: any FetchOutput, expected type: Any.Type) -> Self {
        Self(
            .malformedEndpoint,
            "the endpoint yielded a \(Swift.type(of: output)), which is not its output type \(type)",
            remedy: "Give endpoints with different outputs different identities."
        )
    }
}
