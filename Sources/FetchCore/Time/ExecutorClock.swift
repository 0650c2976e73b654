/// A clock that has to see all tasks that wait for it, as one does that moves on when all are waiting.
package protocol ExecutorClock: Clock {
    /// Where those tasks have to run.
    var taskExecutor: any TaskExecutor { get }
}
