import DequeModule

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The messages that were received recently, for a limited time and in a limited number.
struct ReplayCache: Sendable {
    private struct Entry {
        let key: MessageKey
        let end: Date
    }

    private let lifetime: TimeInterval
    private let maximumCount: Int
    private var ends: [MessageKey: Date] = [:]
    /// All entries have the same lifetime, so the first one ends first.
    private var entries: Deque<Entry> = []

    init(lifetime: TimeInterval, maximumCount: Int) {
        self.lifetime = lifetime
        self.maximumCount = max(maximumCount, 1)
    }

    /// The number of messages that are remembered.
    var count: Int { ends.count }

    /// Notes a message. Returns false if it was noted before and its time isn't over.
    mutating func insert(_ key: MessageKey, at date: Date) -> Bool {
        while let first = entries.first, first.end <= date { removeFirst() }
        if let end = ends[key], end > date { return false }
        // A message that is forgotten early can be replayed, which costs one poll.
        while entries.count >= maximumCount { removeFirst() }
        let end = date.addingTimeInterval(lifetime)
        ends[key] = end
        entries.append(Entry(key: key, end: end))
        return true
    }

    /// Forgets a message, so that it can be received again.
    mutating func remove(_ key: MessageKey) { ends[key] = nil }

    private mutating func removeFirst() {
        let first = entries.removeFirst()
        // A key that was removed and noted again has a later entry.
        if ends[first.key] == first.end { ends[first.key] = nil }
    }
}
