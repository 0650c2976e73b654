import FetchDataStructures

/// The outcomes of a batch that its loop hasn't taken.
///
/// From a limit on no request is made for the sake of the batch alone, until half of the outcomes are taken. So a loop
/// with a slow body slows polling down, and a loop that has stopped keeps only so many outcomes in memory.
struct UntakenOutcomes {
    /// The limit. Outcomes of requests that are in flight when it is reached are kept as well.
    static let limit = 1_000

    private var queue = FIFOQueue<JobOutcome>()

    /// True from the moment at which the limit is reached until half of the outcomes are taken.
    private(set) var isFull = false

    var isEmpty: Bool { queue.isEmpty }
    var count: Int { queue.count }

    mutating func append(_ outcome: JobOutcome) {
        queue.append(outcome)
        if queue.count >= Self.limit { isFull = true }
    }

    mutating func popFirst() -> JobOutcome? { queue.popFirst() }

    /// Returns true if there is room again, once each time that the limit was reached.
    mutating func takeRoom() -> Bool {
        guard isFull, queue.count <= Self.limit / 2 else { return false }
        isFull = false
        return true
    }
}
