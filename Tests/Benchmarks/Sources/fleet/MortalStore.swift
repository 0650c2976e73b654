import FetchJobs
import FetchTesting
import Synchronization

/// The connection of one worker's process to the store. When the process is killed, no call reaches the store.
final class MortalStore: WrappedJobStore {
    let inner: any JobStore
    private let isCut = Mutex(false)

    init(_ store: CountingStore) { inner = store }

    func cut() { isCut.withLock { $0 = true } }

    func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        if isCut.withLock({ $0 }) { throw JobStoreError(.unavailable, "the process was killed") }
        return try await body(inner)
    }
}
