import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A job that a worker has leased, as little of it as the worker needs while a client polls it.
struct HeldJob: Sendable {
    /// The key under which it is polled.
    let key: PolledKey

    /// The date of its deadline, by the store's clock.
    let deadline: Date

    /// True if the worker's batch waits for the job.
    var isPolled = false
}
