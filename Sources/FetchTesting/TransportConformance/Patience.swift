import Dispatch

/// The time that a rule waits for what should happen at once.
///
/// It is counted in short sleeps of a Swift task. If other work occupies Swift's threads, for example other tests, the time is longer by
/// about as much as that work delays what is waited for.
struct Patience: Sendable {
    private static let tick: Duration = .milliseconds(5)

    private let ticks: Int

    init(_ duration: Duration) { ticks = max(Int(duration / Self.tick), 1) }

    /// The time after which a thread outside of Swift's ends a wait, since all of Swift's threads may be blocked.
    var longest: DispatchTimeInterval { .milliseconds(ticks * 5 * 6) }

    /// Returns true when the time is over; false as soon as the task is cancelled.
    func runsOut() async -> Bool {
        await !holds { false } && !Task.isCancelled
    }

    /// Waits until a condition holds; false if the time is over first, or the task is cancelled.
    func holds(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<ticks {
            if condition() { return true }
            guard (try? await Task.sleep(for: Self.tick)) != nil else { return condition() }
        }
        return condition()
    }
}
