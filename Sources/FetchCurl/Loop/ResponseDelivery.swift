/// The responses of completed transfers, until the tasks that wait for them are resumed together.
///
/// Resuming a task of Swift's pool wakes one of its threads, unless one is about to look for work. If each response
/// resumed its task at once, a thread would wake, run that task and fall asleep again before the next response.
package struct ResponseDelivery {
    /// The time in nanoseconds that a response may wait for others.
    private static let maximumDelay: Int64 = 200_000

    private var responses: [(task: CheckedContinuation<CurlResponse, any Error>, response: CurlResponse)] = []
    /// The time of the oldest response, in nanoseconds of the monotonic clock.
    private var oldest: Int64 = 0

    /// Creates an empty delivery.
    package init() {}

    /// Adds a response.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - task: The task that waits for it.
    ///   - now: The time of the monotonic clock in nanoseconds.
    package mutating func add(
        _ response: CurlResponse,
        to task: CheckedContinuation<CurlResponse, any Error>,
        now: Int64
    ) {
        if responses.isEmpty { oldest = now }
        responses.append((task, response))
    }

    /// True if a response has waited as long as it may.
    package func isDue(now: Int64) -> Bool { !responses.isEmpty && now - oldest >= Self.maximumDelay }

    /// Resumes all tasks in the order of their responses.
    package mutating func resumeTasks() {
        guard !responses.isEmpty else { return }
        responses.reverse()
        // Moves each response out of the array, so that its task and not this thread frees it.
        while let (task, response) = responses.popLast() { task.resume(returning: response) }
    }
}
