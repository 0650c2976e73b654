public import FetchWebhooks

/// The counters of a receiver, for metrics. They only increase, except for ``queuedHints``.
public struct WebhookStatistics: Sendable, Hashable {
    /// The verified messages that have woken a job, whether or not the job is waited for.
    public internal(set) var woken = 0
    /// The verified messages that had been received before.
    public internal(set) var replayed = 0
    /// The verified messages that are about no job.
    public internal(set) var withoutJob = 0
    /// The messages that were refused, by reason.
    public internal(set) var refused: [WebhookError.Code: Int] = [:]
    /// The messages whose body is larger than the limit. They were refused before they were verified.
    public internal(set) var tooLarge = 0
    /// The hints that the store has received.
    public internal(set) var deliveredHints = 0
    /// The hints for a job that already had one in the queue.
    public internal(set) var mergedHints = 0
    /// The hints that found the queue full. Their messages were refused, so that the sender repeats them.
    public internal(set) var droppedHints = 0
    /// The hints that the store has refused in all attempts. Their jobs are polled by their schedules.
    public internal(set) var failedHints = 0
    /// The hints that are in the queue now.
    public internal(set) var queuedHints = 0

    /// Creates counters that are zero.
    public init() {}
}
