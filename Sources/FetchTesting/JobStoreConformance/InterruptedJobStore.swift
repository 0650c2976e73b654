package import FetchJobs
import Synchronization

/// A store whose calls fail, before or after they have had their effect.
package final class InterruptedJobStore: WrappedJobStore {
    /// The moment of the failure.
    package enum Moment: Sendable {
        case before, after
    }

    private struct State {
        var calls = 0
        var hasFailed = false
    }

    package let inner: any JobStore
    private let failure: @Sendable (Int) -> Moment?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - store: The store that carries the calls out.
    ///   - failure: Returns the moment at which a call fails, by its number from 1. `nil` if it succeeds.
    package init(_ store: any JobStore, failing failure: @escaping @Sendable (Int) -> Moment?) {
        inner = store
        self.failure = failure
    }

    /// Creates a store of which one call fails.
    package convenience init(_ store: any JobStore, failing moment: Moment, call: Int) {
        self.init(store) { $0 == call ? moment : nil }
    }

    /// True if a call has failed.
    package var hasFailed: Bool { state.withLock(\.hasFailed) }

    package func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        let number = state.withLock { state in
            state.calls += 1
            return state.calls
        }
        let moment = failure(number)
        if moment != nil { state.withLock { $0.hasFailed = true } }
        if moment == .before { throw JobStoreError(.unavailable, "the call was lost") }
        let result = try await body(inner)
        if moment == .after { throw JobStoreError(.unavailable, "the result was lost") }
        return result
    }
}
