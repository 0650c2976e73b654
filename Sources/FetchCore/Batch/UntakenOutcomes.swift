import FetchDataStructures

/// The outcomes of a batch that its loop hasn't taken.
///
/// From a limit on no request is made for the sake of the batch alone, until half of the outcomes are taken. So a loop
/// with a slow body slows polling down, and a loop that has stopped keeps only so many outcomes in memory.
struct UntakenOutcomes {
    /// The limit of the number. Outcomes of requests that are in flight when a limit is reached are kept as well.
    static let limit = 1_000

    /// The limit of the bytes of the responses that the outcomes come from, of which an output keeps about as much.
    static let byteLimit = 32 << 20

    private var queue = FIFOQueue<(outcome: JobOutcome, bytes: Int)>()
    private var bytes = 0

    /// The jobs that couldn't be polled and are in the queue.
    private var refused: Set<AccountJob> = []

    /// True from the moment at which a limit is reached until half of the outcomes are taken.
    private(set) var isFull = false

    var isEmpty: Bool { queue.isEmpty }
    var count: Int { queue.count }

    /// Adds the outcome of a job that was polled.
    ///
    /// - Parameters:
    ///   - outcome: The outcome.
    ///   - bytes: The bytes of the responses that it comes from.
    mutating func append(_ outcome: JobOutcome, bytes: Int) {
        queue.append((outcome, bytes))
        self.bytes += bytes
        if queue.count >= Self.limit || self.bytes >= Self.byteLimit { isFull = true }
    }

    /// Adds the outcome of a job that can't be polled, unless the queue has it already.
    mutating func append(refused outcome: JobOutcome) {
        if refused.insert(outcome.accountJob).inserted { append(outcome, bytes: 0) }
    }

    mutating func popFirst() -> JobOutcome? {
        guard let (outcome, bytes) = queue.popFirst() else { return nil }
        self.bytes -= bytes
        if !refused.isEmpty { refused.remove(outcome.accountJob) }
        return outcome
    }

    /// Returns true if there is room again, once each time that a limit was reached.
    mutating func takeRoom() -> Bool {
        guard isFull, queue.count <= Self.limit / 2, bytes <= Self.byteLimit / 2 else { return false }
        isFull = false
        return true
    }
}

extension JobOutcome {
    /// The job with its account.
    var accountJob: AccountJob { AccountJob(account: account, reference: job) }
}
