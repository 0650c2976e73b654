/// A receiver of the events of jobs.
protocol Subscriber: AnyObject, Sendable {
    /// True if it takes nothing but the ends of jobs, and therefore always wants the next state.
    var waitsForEnd: Bool { get }

    /// True if the details of the last progress are kept for each of its jobs.
    var keepsDetails: Bool { get }

    /// True if it has no room for another outcome. It calls ``JobScheduler/resume(_:)`` when it has room again.
    ///
    /// Read while the scheduler's lock is held, so it must not call the scheduler.
    var isAtCapacity: Bool { get }

    /// Receives an event of a job. Called without a lock, from any task.
    func receive(_ event: PollEvent, of job: AccountJob)
}
