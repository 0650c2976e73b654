#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A job in a queue that is ordered by date, and then by the number of the job.
struct DatedJob: Sendable, Comparable {
    let date: Date
    let id: StoredJobID

    static func < (one: Self, other: Self) -> Bool { (one.date, one.id) < (other.date, other.id) }
}
