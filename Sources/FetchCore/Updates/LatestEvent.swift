/// The latest event of a sequence whose events are delivered by several threads, until it is taken.
///
/// Events that are late, since a later one came before them, are dropped.
package struct LatestEvent<Event> {
    private var event: Event?
    private var latest = 0
    private var isOver = false

    package init() {}

    /// Keeps an event in place of the one before, unless it is late.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - number: The number of the event, which grows from one event to the next.
    ///   - isLast: True if no event follows.
    /// - Returns: False if the event is late.
    @discardableResult
    package mutating func keep(_ event: Event, number: Int, isLast: Bool = false) -> Bool {
        guard !isOver, isLast || number >= latest else { return false }
        (self.event, latest, isOver) = (event, max(number, latest), isLast)
        return true
    }

    /// Removes and returns the event; `nil` if there is none.
    package mutating func take() -> Event? { event.take() }
}

extension LatestEvent: Sendable where Event: Sendable {}
