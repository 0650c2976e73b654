import FetchCore
import Synchronization

/// The signs of life of a connection, by which an idle one is recognised.
final class Activity: Sendable {
    private struct Watch {
        var timer: SharedTimer<ContinuousClock>.ID?
        var cancel: (@Sendable () -> Void)?
    }

    private let timeline: Timeline
    private let lastTime: Mutex<Duration>
    private let isIdle = Atomic(false)
    private let current = Mutex(Watch())
    private let timeout: Duration
    private let clock: any Clock<Duration>

    /// Creates the activity of one connection.
    ///
    /// - Parameters:
    ///   - timeout: The time without a sign of life after which the connection is idle.
    ///   - clock: The clock that measures it.
    init(timeout: Duration, _ clock: any Clock<Duration>) {
        self.timeout = timeout
        self.clock = clock
        timeline = Timeline(clock)
        lastTime = Mutex(timeline.now)
    }

    /// Notes a sign of life.
    func note() {
        let now = timeline.now
        lastTime.withLock { $0 = now }
    }

    /// The time for which the connection may still be silent. Zero or negative if it is idle.
    private var rest: Duration { lastTime.withLock { $0 } + timeout - timeline.now }

    /// Runs an operation in a task of its own, and cancels it when the connection is idle.
    ///
    /// - Parameter operation: Receives from the connection. It must end soon after its task is cancelled.
    /// - Returns: The operation's result; `nil` if the connection was idle. The operation has ended in any case.
    /// - Throws: The error of the operation; `CancellationError`.
    func watch<Value: Sendable>(
        _ operation: @escaping @Sendable @concurrent () async throws -> Value
    ) async throws -> Value? {
        try Task.checkCancellation()
        let task = startTask(of: clock) { () -> Result<Value, any Error> in
            do { return .success(try await operation()) } catch { return .failure(error) }
        }
        // A virtual clock advances when all tasks that it knows sleep, so the timeout has to be a sleep on that clock.
        let sleep =
            clock is ContinuousClock ? nil : startTask(of: clock) { await self.sleep(task.cancel) }
        if sleep == nil { startTimer(cancelling: task.cancel) }
        defer {
            sleep?.cancel()
            stopTimer()
        }
        do {
            return try await withTaskCancellationHandler {
                try await task.value.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            try Task.checkCancellation()
            guard isIdle.load(ordering: .relaxed) else { throw error }
            return nil
        }
    }

    private func sleep(_ cancel: @Sendable () -> Void) async {
        while case let rest = rest, rest > .zero {
            guard (try? await clock.sleep(for: rest, tolerance: nil)) != nil else { return }
        }
        isIdle.store(true, ordering: .relaxed)
        cancel()
    }

    // The process's timer costs less than a sleep, which is nearly always cancelled.
    private func startTimer(cancelling cancel: @escaping @Sendable () -> Void) {
        current.withLock { $0 = Watch(timer: schedule(after: timeout), cancel: cancel) }
    }

    private func schedule(after time: Duration) -> SharedTimer<ContinuousClock>.ID {
        SharedTimer.continuous.schedule(after: time) { [weak self] in self?.timeOut() }
    }

    private func timeOut() {
        let cancel = current.withLock { watch -> (@Sendable () -> Void)? in
            guard let cancel = watch.cancel else { return nil }
            let rest = rest
            guard rest <= .zero else {
                watch.timer = schedule(after: rest)
                return nil
            }
            isIdle.store(true, ordering: .relaxed)
            return cancel
        }
        cancel?()
    }

    private func stopTimer() {
        let timer = current.withLock { watch in
            watch.cancel = nil
            return watch.timer.take()
        }
        if let timer { SharedTimer.continuous.cancel(timer) }
    }
}
