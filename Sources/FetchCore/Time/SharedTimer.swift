package import FetchDataStructures
import Synchronization

/// A timer that one task drives for many timeouts.
///
/// Almost every request ends before its timeout. A timer per request would wake a thread twice without need, and a
/// cancelled sleep occupies the system until its time. Here one task sleeps until the earliest of all timeouts, and
/// then until the earliest remaining one.
package final class SharedTimer<Time: Clock>: Sendable where Time.Duration == Duration {
    /// The identifier of a scheduled call.
    package typealias ID = SlotKey

    private struct State {
        var calls = AddressableHeap<Time.Instant, @Sendable () -> Void>()
        /// The earliest time until which a task sleeps. `nil` if none sleeps.
        var wakeTime: Time.Instant?
    }

    private let clock: Time
    private let startTask: @Sendable (_ work: @escaping @Sendable () async -> Void) -> Void
    private let state = Mutex(State())

    /// Creates a timer.
    ///
    /// - Parameters:
    ///   - clock: The clock that measures the times.
    ///   - startTask: Starts a task that sleeps and makes the calls. Defaults to a detached task.
    package init(
        _ clock: Time,
        startTask: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void = { work in
            Task.detached { await work() }
        }
    ) {
        self.clock = clock
        self.startTask = startTask
    }

    /// Schedules a call.
    ///
    /// - Parameters:
    ///   - duration: The time until the call.
    ///   - action: A function that is called once, on any thread. It must return quickly.
    /// - Returns: The identifier that cancels the call.
    package func schedule(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> ID {
        insert(action, after: duration)
    }

    /// Cancels a call. It has no effect after the call was made.
    package func cancel(_ id: ID) { remove(id) }

    private func insert(_ action: @escaping @Sendable () -> Void, after duration: Duration) -> ID {
        let time = clock.now.advanced(by: min(duration, .hundredYears))
        let (id, needsTask) = state.withLock { state in
            let isEarliest = state.wakeTime.map { time < $0 } ?? true
            if isEarliest { state.wakeTime = time }
            return (state.calls.insert(action, at: time), isEarliest)
        }
        if needsTask { startTask { await self.run(from: time) } }
        return id
    }

    private func remove(_ id: ID) {
        state.withLock { $0.calls.remove(id) }
    }

    private func run(from first: Time.Instant) async {
        var time = first
        while true {
            // Nothing refers to this task, so it is never cancelled and the sleep doesn't throw.
            try? await clock.sleep(until: time, tolerance: TimerTolerance.timeout)
            let (actions, next) = takeDueActions(at: time)
            for action in actions { action() }
            guard let next else { return }
            time = next
        }
    }

    /// Removes and returns the due actions, and the time until which the task that woke at `time` has to sleep next.
    private func takeDueActions(at time: Time.Instant) -> (actions: [@Sendable () -> Void], next: Time.Instant?) {
        let now = max(clock.now, time)
        return state.withLock { state in
            var actions: [@Sendable () -> Void] = []
            while let action = state.calls.popFirst(upTo: now) { actions.append(action) }
            // A task that was started for an earlier time handles the remaining calls.
            guard state.wakeTime == time else { return (actions, nil) }
            state.wakeTime = state.calls.leastPriority()
            return (actions, state.wakeTime)
        }
    }
}

extension SharedTimer<ContinuousClock> {
    /// The process-wide timer for the continuous clock.
    package static let continuous = SharedTimer(ContinuousClock())

    /// Schedules a call.
    ///
    /// The generic function does the same. This one is specialized, while callers in other modules would run the
    /// unspecialized generic code with each request.
    ///
    /// - Parameters:
    ///   - duration: The time until the call.
    ///   - action: A function that is called once, on any thread. It must return quickly.
    /// - Returns: The identifier that cancels the call.
    package func schedule(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> ID {
        insert(action, after: duration)
    }

    /// Cancels a call. It has no effect after the call was made.
    package func cancel(_ id: ID) { remove(id) }
}
