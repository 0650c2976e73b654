/// The jobs that one waiter waits for or has waited for, so that its waits are found without looking at all others.
///
/// Only what is added is noted. What is over is passed over, and dropped whenever the list has doubled.
struct JobsOfOne {
    var slots: [JobSlot]
    private let limit: Int

    init(_ slots: [JobSlot]) {
        self.slots = slots
        limit = max(2 * slots.count, 64)
    }

    /// Whether it is time to drop what is over.
    var isLong: Bool { slots.count >= limit }
}
