/// The result of one step of clearing up.
public struct ClearUpResult: Sendable, Hashable {
    /// The workers that were declared dead.
    public var deadWorkers: [WorkerID]

    /// The number of jobs whose lease was ended since their worker is dead.
    public var returnedJobs: Int

    /// The number of jobs that were parked, since too many workers have died with them.
    public var parkedJobs: Int

    /// The number of jobs without a worker that were ended, since their deadline passed long ago.
    public var overdueJobs: Int

    /// True if the step has reached its limit, so that there may be more to do.
    public var isIncomplete: Bool

    /// Creates a result.
    ///
    /// - Parameters:
    ///   - deadWorkers: The workers that were declared dead. Defaults to none.
    ///   - returnedJobs: The number of jobs whose lease was ended. Defaults to zero.
    ///   - parkedJobs: The number of jobs that were parked. Defaults to zero.
    ///   - overdueJobs: The number of jobs that were ended. Defaults to zero.
    ///   - isIncomplete: True if there may be more to do. Defaults to false.
    public init(
        deadWorkers: [WorkerID] = [],
        returnedJobs: Int = 0,
        parkedJobs: Int = 0,
        overdueJobs: Int = 0,
        isIncomplete: Bool = false
    ) {
        self.deadWorkers = deadWorkers
        self.returnedJobs = returnedJobs
        self.parkedJobs = parkedJobs
        self.overdueJobs = overdueJobs
        self.isIncomplete = isIncomplete
    }
}
