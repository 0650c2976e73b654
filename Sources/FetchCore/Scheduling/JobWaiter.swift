/// Who waits for jobs.
protocol JobWaiter: AnyObject, Sendable {
    /// Whether only the end of a job matters to it, so that it looks forward to the next state all the time.
    var waitsForEnd: Bool { get }

    /// Whether it can't take more outcomes now. It has the scheduler release its jobs when it can again.
    ///
    /// It is asked under the scheduler's lock, and must not call the scheduler from here.
    var isFull: Bool { get }

    /// Takes news of a job. Called without any lock held, from whichever task heard it.
    func receive(_ news: Wait.News, of job: JobReference)
}

/// What a waiter holds of its wait.
struct WaitTicket: Sendable, Hashable {
    let job: JobSlot
    let number: UInt32
}

/// A place in the table of jobs, and which of the jobs that were there in turn.
struct JobSlot: Sendable, Hashable {
    let index: UInt32
    let generation: UInt32
}
