package import FetchCore

/// The jobs whose first request was seen and whose end wasn't, up to a limit: their beginnings and requests in flight.
///
/// A wait that ends without an event, such as one that is cancelled, stays until its place is needed for another one.
package struct OpenWaits {
    private struct ID: Hashable {
        let job: JobReference
        let account: AccountID?
    }

    private struct Wait {
        let number: Int
        let provider: ProviderID
        let beginning: Duration
        var request: Duration?
    }

    /// A request without an event for so long was cancelled.
    private static let longestRequest = Duration.seconds(600)

    private let limit: Int
    private var waits: [ID: Wait] = [:]
    /// The waits in the order of their beginnings, those that have ended included.
    private var order: [(id: ID, number: Int)] = []
    private var first = 0
    private var lastNumber = 0

    /// Creates an empty table.
    ///
    /// - Parameter limit: The greatest number of waits.
    package init(limit: Int) { self.limit = max(limit, 0) }

    /// The number of waits in the table.
    package var count: Int { waits.count }

    /// The number of entries in memory, those of waits that have ended included.
    package var entries: Int { order.count }

    /// Notes that a request begins.
    package mutating func beginRequest(_ event: RecordedEvent) {
        let id = ID(job: event.event.job, account: event.event.account)
        if event.event.request.number > 1 || limit == 0 {
            waits[id]?.request = event.time
            return
        }
        if waits[id] == nil, waits.count >= limit { removeOldest() }
        lastNumber += 1
        waits[id] = Wait(number: lastNumber, provider: event.event.provider, beginning: event.time, request: event.time)
        order.append((id, lastNumber))
        compact()
    }

    /// Notes that a request has ended, and the wait goes on.
    package mutating func endRequest(_ event: RecordedEvent) {
        waits[ID(job: event.event.job, account: event.event.account)]?.request = nil
    }

    /// Removes a wait that has ended.
    ///
    /// - Returns: The time since its first request began; `nil` if that wasn't seen, or the wait had to make room.
    package mutating func end(_ event: RecordedEvent) -> Duration? {
        guard let wait = waits.removeValue(forKey: ID(job: event.event.job, account: event.event.account)) else {
            return nil
        }
        compact()
        return event.time - wait.beginning
    }

    /// Returns the number of requests in flight for each provider with a wait.
    package func requestsInFlight(at time: Duration) -> [ProviderID: Int] {
        waits.values.reduce(into: [:]) { counts, wait in
            let isInFlight = wait.request.map { time - $0 < Self.longestRequest } ?? false
            counts[wait.provider, default: 0] += isInFlight ? 1 : 0
        }
    }

    private mutating func removeOldest() {
        while first < order.count {
            let (id, number) = order[first]
            first += 1
            guard waits[id]?.number == number else { continue }
            waits[id] = nil
            return
        }
    }

    /// Removes the entries of ended waits when they are more than half of the order.
    private mutating func compact() {
        guard order.count > 64, order.count > 2 * waits.count else { return }
        order = order[first...].filter { waits[$0.id]?.number == $0.number }
        first = 0
    }
}
