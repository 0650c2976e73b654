import FetchJobs
import Synchronization

/// The parts of a run that its tasks share.
final class FleetContext: Sendable {
    let store: any JobStore
    let provider: Provider
    /// The time to live of the workers in seconds.
    let timeToLive: Double
    let log = Mutex(FleetLog())

    init(store: any JobStore, provider: Provider, timeToLive: Double) {
        self.store = store
        self.provider = provider
        self.timeToLive = timeToLive
    }

    /// The seconds since the start.
    var now: Double { provider.now }

    /// Notes a problem, which fails the run.
    func report(_ problem: String) { log.withLock { $0.problems.append(problem) } }

    /// Calls the store until it isn't unavailable any more.
    func untilAvailable<Result>(_ call: (any JobStore) async throws -> Result) async throws -> Result {
        while true {
            do {
                return try await call(store)
            } catch let error as JobStoreError where error.isRetryable {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
