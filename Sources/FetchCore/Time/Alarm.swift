package import FetchDataStructures
import Synchronization

/// One timer for many timeouts.
///
/// Hardly any request needs its timeout. A timer for each would wake a thread twice for nothing, and a sleep that is
/// cancelled stays with the system until its time is over. Here one task sleeps until the earliest of all timeouts, and
/// then until the earliest that is left.
package final class Alarm<Time: Clock>: Sendable where Time.Duration == Duration {
    /// The name of a call that is to be made.
    package typealias ID = SlotKey

    private struct State {
        var rings = AddressableHeap<Time.Instant, @Sendable () -> Void>()
        /// The earliest time until which a task sleeps.
        var wakes: Time.Instant?
    }

    private let clock: Time
    private let begin: @Sendable (_ work: @escaping @Sendable () async -> Void) -> Void
    private let state = Mutex(State())

    /// Creates an alarm.
    ///
    /// - Parameters:
    ///   - clock: What the times are measured with.
    ///   - begin: Begins the work of a task that sleeps and rings.
    package init(
        _ clock: Time,
        begin: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void = { work in
            Task.detached { await work() }
        }
    ) {
        self.clock = clock
        self.begin = begin
    }

    /// Calls `action` once after a duration, in any thread. It should return at once.
    ///
    /// - Returns: The name with which the call can be cancelled.
    package func ring(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> ID {
        schedule(action, after: duration)
    }

    /// Cancels a call, if it hasn't been made.
    package func cancel(_ id: ID) { withdraw(id) }

    private func schedule(_ action: @escaping @Sendable () -> Void, after duration: Duration) -> ID {
        let time = clock.now.advanced(by: min(duration, .longest))
        let (id, mustWake) = state.withLock { state in
            let isEarliest = state.wakes.map { time < $0 } ?? true
            if isEarliest { state.wakes = time }
            return (state.rings.insert(action, at: time), isEarliest)
        }
        if mustWake { begin { await self.keepWaking(at: time) } }
        return id
    }

    private func withdraw(_ id: ID) {
        state.withLock { $0.rings.remove(id) }
    }

    private func keepWaking(at first: Time.Instant) async {
        var time = first
        while true {
            // Nobody knows this task, so nobody cancels it.
            try? await clock.sleep(until: time, tolerance: TimerTolerance.timeout)
            let (actions, next) = due(at: time)
            for action in actions { action() }
            guard let next else { return }
            time = next
        }
    }

    /// What is to be done now, and when the task that woke at `time` has to wake next.
    private func due(at time: Time.Instant) -> (actions: [@Sendable () -> Void], next: Time.Instant?) {
        let now = max(clock.now, time)
        return state.withLock { state in
            var actions: [@Sendable () -> Void] = []
            while let action = state.rings.popFirst(upTo: now) { actions.append(action) }
            // Another task was sent to sleep for a shorter time, and goes on with the rest.
            guard state.wakes == time else { return (actions, nil) }
            state.wakes = state.rings.leastPriority()
            return (actions, state.wakes)
        }
    }
}

extension Alarm<ContinuousClock> {
    /// For all who count real time.
    package static let continuous = Alarm(ContinuousClock())

    /// Calls `action` once after a duration, in any thread. It should return at once.
    ///
    /// The general function does the same, but callers in other modules would run its unspecialised code with each request.
    ///
    /// - Returns: The name with which the call can be cancelled.
    package func ring(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> ID {
        schedule(action, after: duration)
    }

    /// Cancels a call, if it hasn't been made.
    package func cancel(_ id: ID) { withdraw(id) }
}
