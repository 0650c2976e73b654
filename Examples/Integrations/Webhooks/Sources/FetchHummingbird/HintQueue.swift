import DequeModule
import FetchCore

/// The hints that the store hasn't received yet, in their order. A job has one at most.
struct HintQueue: Sendable {
    /// A job that may be done.
    struct Hint: Sendable, Hashable {
        let job: JobReference
        let tenant: String?
    }

    /// The effect of a hint on the queue.
    enum Insertion: Sendable, Hashable {
        case queued
        /// The job has a hint already.
        case merged
        case full
    }

    private let maximumCount: Int
    private var hints: Deque<Hint> = []
    private var members: Set<Hint> = []

    init(maximumCount: Int) { self.maximumCount = maximumCount }

    var count: Int { hints.count }

    /// Adds a hint at the end, unless the job has one or the queue is full.
    mutating func insert(_ hint: Hint) -> Insertion {
        if members.contains(hint) { return .merged }
        guard hints.count < maximumCount else { return .full }
        members.insert(hint)
        hints.append(hint)
        return .queued
    }

    /// Removes and returns the first hints. A hint that comes while the store receives one for the job is a new one.
    mutating func take(upTo limit: Int) -> [Hint] {
        let taken = Array(hints.prefix(limit))
        hints.removeFirst(taken.count)
        members.subtract(taken)
        return taken
    }
}
