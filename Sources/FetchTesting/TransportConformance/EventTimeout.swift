import Dispatch

/// The time limit for an event that should happen immediately.
///
/// The limit is counted in short sleeps of a Swift task. If other work, such as other tests, occupies Swift's threads,
/// it delays the event and extends the limit by about the same time.
struct EventTimeout: Sendable {
    private static let tick: Duration = .milliseconds(5)

    private let ticks: Int

    init(_ duration: Duration) { ticks = Int(min(max(duration / Self.tick, 1), 10_000_000)) }

    /// The time limit for a Dispatch timer, which fires even if all of Swift's threads are blocked.
    var hardLimit: DispatchTimeInterval { .milliseconds(ticks * 5 * 6) }

    /// Waits for the time limit and returns true. Returns false as soon as the task is cancelled.
    func expires() async -> Bool {
        await !wait { false } && !Task.isCancelled
    }

    /// Waits until a condition is true. Returns false if the time limit is reached or the task is cancelled first.
    func wait(until condition: () -> Bool) async -> Bool {
        for _ in 0..<ticks {
            if condition() { return true }
            guard (try? await Task.sleep(for: Self.tick)) != nil else { return condition() }
        }
        return condition()
    }
}
