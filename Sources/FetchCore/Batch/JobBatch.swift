import Synchronization

/// An asynchronous sequence of the outcomes of many jobs, in the order in which the jobs end.
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
/// - A slow or failing job neither delays nor ends the others. A job takes some hundred bytes and no task, so a batch
///   can have a million.
/// - Jobs can be added from any task while the loop runs. A job that is in the batch isn't added again.
/// - A slow loop slows polling down: while a thousand outcomes are untaken, or outcomes with artifacts of 32 MiB, no
///   request is made for this batch alone, until half of them are taken.
/// - The loop ends when the batch is finished and all outcomes are taken. It throws `CancellationError` when its task
///   is cancelled, and the error of the sequence that the jobs come from, if that throws. When the loop is left, or the
///   batch released, polling ends.
///
/// A batch has one loop. A second one ends at once.
///
/// Before a process ends, ``drain()`` ends the waits and returns what is still waited for. The next process goes on
/// with ``FetchClient/batch(resuming:policy:)``.
public final class JobBatch: AsyncSequence, Sendable {
    /// The end of one job.
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

    /// The number of jobs that are waited for.
    public var count: Int { queue.count }

    /// Adds a job. After ``finish()`` that does nothing.
    ///
    /// If the job can't be polled, since its endpoint isn't registered or its id isn't of the endpoint's type, that
    /// error is its outcome.
    public func add(_ job: QueuedJob) { queue.add(job) }

    /// Removes a job without an outcome.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - account: The account of the job. Defaults to that of the client.
    /// - Returns: The wait, for another batch to go on with. `nil` if the job isn't in this one, or has ended.
    @discardableResult
    public func cancel(_ job: JobReference, of account: AccountID? = nil) -> WaitingJob? {
        queue.cancel(job, of: account)
    }

    /// Finishes the batch: jobs that are added later are ignored, and the loop ends with the last outcome.
    public func finish() { queue.finish() }

    /// Adds a job of a snapshot, and goes on with its wait: the job is polled when the process that made the snapshot
    /// would have polled it, and its deadline stays the same. After ``finish()`` that does nothing.
    ///
    /// A job whose deadline has passed meanwhile is waited for during a tenth of its time, so that a job that has ended
    /// meanwhile is found. A job whose endpoint isn't registered has the outcome ``FetchError/Code/unknownEndpoint``.
    public func add(_ job: WaitingJob) { queue.add(job) }

    /// Ends the batch without waiting for its jobs: no further request is made, those in flight are cancelled, and jobs
    /// that are added later are ignored. The loop takes the outcomes that are there, and ends.
    ///
    /// Each job that was added is either in the snapshot or has an outcome, and never both. Jobs of an asynchronous
    /// sequence that weren't added yet have neither.
    ///
    /// - Returns: What the batch still waited for.
    @discardableResult
    public func drain() -> BatchSnapshot {
        feeder?.cancel()
        return queue.drain()
    }

    /// Returns what the batch waits for, and goes on waiting.
    ///
    /// A job whose outcome hasn't been taken isn't in it. It takes about a microsecond for each job, during which no
    /// response is processed.
    public func snapshot() -> BatchSnapshot { queue.snapshot() }

    /// Waits for all outcomes of a batch, in place of a loop. It returns after ``finish()``, when all jobs have ended.
    ///
    /// It is for the jobs of one account. If two accounts have jobs with the same reference, the last result is
    /// returned.
    ///
    /// - Returns: The result of each job.
    /// - Throws: `CancellationError`, and what the sequence throws that the jobs come from.
    public func results() async throws -> [JobReference: JobResult] {
        var results: [JobReference: JobResult] = [:]
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

        /// Waits for the next outcome.
        ///
        /// - Returns: The outcome; `nil` if the batch is finished and all outcomes are taken.
        /// - Throws: `CancellationError`; the error of the sequence that the jobs come from; ``FetchError`` with the
        ///   code ``FetchError/Code/concurrentIteration`` while another task waits for the next outcome.
        public mutating func next() async throws -> JobOutcome? { try await lease?.queue.next() }
    }

    /// Ends all waits, and the reading of further jobs, when the loop is left.
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
