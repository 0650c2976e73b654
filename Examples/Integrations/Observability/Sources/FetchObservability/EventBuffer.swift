/// The events that aren't written yet, up to a limit, and the number of those that found no room.
///
/// If the buffer is full, the new event is dropped, not an earlier one: those that are there stay complete and in
/// order.
struct EventBuffer: Sendable {
    private let capacity: Int
    private var events: [RecordedEvent] = []
    private var dropped = 0

    /// Creates an empty buffer.
    ///
    /// - Parameter capacity: The greatest number of events, at least one.
    init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// True if there is nothing to write.
    var isEmpty: Bool { events.isEmpty && dropped == 0 }

    /// Adds an event if there is room for it, and counts it as dropped otherwise.
    mutating func append(_ event: RecordedEvent) {
        guard events.count < capacity else {
            dropped += 1
            return
        }
        events.append(event)
    }

    /// Removes and returns all events, and the number of dropped ones since the last call.
    mutating func take() -> (events: [RecordedEvent], dropped: Int) {
        defer {
            events = []
            dropped = 0
        }
        return (events, dropped)
    }
}
