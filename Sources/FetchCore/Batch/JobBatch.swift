import Synchronization

/// Any number of jobs that are waited for together, and their outcomes as they come.
///
/// ```swift
/// let batch = client.batch()
/// for row in rows { batch.add(QueuedJob(row.job, submitted: row.submission)) }
/// batch.finish()
/// for try await outcome in batch {
///     save(outcome.job, outcome.result)
/// }
/// ```
///
/// - A slow or failing job neither delays nor ends the others. A job costs some hundred bytes and no task, so a million of
///   them can be waited for at once.
/// - Jobs can be added while the loop runs, from any task. A job that is in the batch already isn't added a second time.
/// - Who is slow to take outcomes slows the asking down: with a thousand of them untaken, no request is made for the sake of
///   this batch alone, until half of them are taken.
/// - The loop ends when the batch is finished and all outcomes are taken. It throws `CancellationError` when its task is
///   cancelled, and besides only what the sequence throws from which the jobs come; then, as when the loop is left or the
///   batch is let go, nothing more is asked.
///
/// A batch has one loop: a second one ends at once.
public final class JobBatch: AsyncSequence, Sendable {
    /// What one job ended with.
    public typealias Element = JobOutcome

    private let queue: OutcomeQueue
    private let feeder: Task<Void, Never>?

    /// Creates a batch.
    ///
    /// - Parameters:
    ///   - queue: The queue of its outcomes.
    ///   - feeder: The task that adds jobs from elsewhere.
    init(_ queue: OutcomeQueue, feeder: Task<Void, Never>? = nil) {
        self.queue = queue
        self.feeder = feeder
    }

    deinit {
        feeder?.cancel()
        queue.abandon()
    }

    /// How many jobs are waited for.
    public var count: Int { queue.count }

    /// Adds a job. After ``finish()`` that does nothing.
    ///
    /// A job that can't be asked about, since its endpoint isn't registered or its id is of another type, has that for its
    /// outcome.
    public func add(_ job: QueuedJob) { queue.add(job) }

    /// Takes a job out again, without an outcome. Returns false where it isn't in the batch, or has ended.
    @discardableResult
    public func cancel(_ job: JobReference) -> Bool { queue.cancel(job) }

    /// Says that no more jobs will be added.
    public func finish() { queue.finish() }

    /// Waits for all outcomes of a finished batch, in place of a loop.
    ///
    /// - Returns: The result of each job.
    /// - Throws: `CancellationError`, and what the sequence throws that the jobs come from.
    public func results() async throws -> [JobReference: Result<any FetchOutput, FetchError>] {
        var results: [JobReference: Result<any FetchOutput, FetchError>] = [:]
        for try await outcome in self { results[outcome.job] = outcome.result }
        return results
    }

    /// Begins the loop over the outcomes.
    public func makeAsyncIterator() -> Iterator {
        Iterator(batch: self, lease: queue.claim() ? Lease(queue, feeder) : nil)
    }

    /// The loop over the outcomes.
    public struct Iterator: AsyncIteratorProtocol {
        // The batch lives as long as its loop.
        let batch: JobBatch
        let lease: Lease?

        /// Waits for the next outcome; nil where no more will come.
        public mutating func next() async throws -> JobOutcome? { try await lease?.queue.next() }
    }

    /// Ends all waits when the loop is left, and the reading of further jobs.
    final class Lease: Sendable {
        let queue: OutcomeQueue
        private let feeder: Task<Void, Never>?

        init(_ queue: OutcomeQueue, _ feeder: Task<Void, Never>?) {
            self.queue = queue
            self.feeder = feeder
        }

        deinit {
            feeder?.cancel()
            queue.abandon()
        }
    }
}

@available(*, unavailable)
extension JobBatch.Iterator: Sendable {}
