import Synchronization

/// The time from which on a worker may send nothing, unless it has renewed. It is read before each request.
final class WorkerDeadline: Sendable {
    private let state: Mutex<Duration>

    /// - Parameter time: The time, on the timeline of the worker's monotonic clock.
    init(_ time: Duration) { state = Mutex(time) }

    var time: Duration { state.withLock { $0 } }

    /// Moves the deadline to a later time. An earlier one is ignored.
    func extend(to time: Duration) { state.withLock { $0 = max($0, time) } }
}
