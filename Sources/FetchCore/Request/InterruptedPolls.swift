/// The interrupted polls of a client's jobs. Jobs without one take no memory here.
struct InterruptedPolls<Job: Hashable & Sendable>: Sendable {
    /// The limit of the bytes of all polls. A poll that doesn't fit isn't kept: the next one of its job begins with the
    /// request for the status.
    static var byteLimit: Int { 64 << 20 }

    private var polls: [Job: InterruptedPoll] = [:]
    private var byteCount = 0

    var count: Int { polls.count }

    /// Keeps a poll, if there is one and it fits.
    mutating func insert(_ poll: InterruptedPoll?, of job: Job) {
        guard let poll, byteCount + poll.byteCount <= Self.byteLimit else { return }
        byteCount += poll.byteCount
        polls[job] = poll
    }

    /// Removes and returns the poll of a job, if it has one.
    @discardableResult
    mutating func take(of job: Job) -> InterruptedPoll? {
        guard !polls.isEmpty, let poll = polls.removeValue(forKey: job) else { return nil }
        byteCount -= poll.byteCount
        return poll
    }
}
