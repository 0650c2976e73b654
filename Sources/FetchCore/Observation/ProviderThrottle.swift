import Synchronization

/// The pause of an account after a 429.
package struct ProviderThrottle: Sendable, Hashable {
    /// The provider.
    package var provider: ProviderID

    /// The account. `nil` for the client's own.
    package var account: AccountID?

    /// The length of the pause.
    package var pause: Duration
}

/// The sequences that receive the pauses of a client.
final class ThrottleStreams: Sendable {
    private struct State {
        var streams: [Int: AsyncStream<ProviderThrottle>.Continuation] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Returns a sequence of the pauses that begin from now on. Of those that aren't taken, the last 64 are kept.
    func stream() -> AsyncStream<ProviderThrottle> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ProviderThrottle.self,
            bufferingPolicy: .bufferingNewest(64)
        )
        let id = state.withLock { state in
            state.lastID += 1
            state.streams[state.lastID] = continuation
            return state.lastID
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id) }
        return stream
    }

    private func remove(_ id: Int) { state.withLock { _ = $0.streams.removeValue(forKey: id) } }

    /// Passes an event on if it is the pause of a provider.
    func record(_ event: FetchEvent) {
        guard case .throttled(let pause) = event.kind else { return }
        let throttle = ProviderThrottle(provider: event.provider, account: event.account, pause: pause)
        for stream in state.withLock({ Array($0.streams.values) }) { stream.yield(throttle) }
    }
}
