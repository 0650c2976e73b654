import Synchronization

/// A count of calls that were given up, because their time was over or their caller was cancelled, and that haven't
/// returned since.
package final class UnreturnedCalls: Sendable {
    private let calls = Atomic(0)

    package init() {}

    /// The number of calls. A call that ends soon after its cancellation is counted only until then.
    package var count: Int { max(calls.load(ordering: .relaxed), 0) }

    /// Counts a call that isn't waited for any more. Called once for a call, before or after ``noteReturn()``.
    package func noteGivenUp() { calls.wrappingAdd(1, ordering: .relaxed) }

    /// Notes that a call has returned that was given up.
    package func noteReturn() { calls.wrappingSubtract(1, ordering: .relaxed) }
}
