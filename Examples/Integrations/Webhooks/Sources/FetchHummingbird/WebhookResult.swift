public import FetchCore
public import FetchWebhooks

/// The result of a message.
public enum WebhookResult: Sendable, Hashable {
    /// The message is genuine, and its job has been woken if it is waited for.
    case woken(JobReference)
    /// The message is genuine and was received before. No job was woken.
    case replayed
    /// The message is genuine, and about no job.
    case withoutJob
    /// The message is genuine, but the queue of hints for the store is full.
    case dropped(JobReference)
    /// The message isn't accepted.
    case refused(WebhookError)
}
