import FetchDataStructures

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The downloads that run and those that wait for a slot, a value without a lock.
///
/// Of those that wait, the one whose link dies first comes first, if its host has a slot.
package struct DownloadSlots: Sendable {
    /// The order in which downloads get their slots.
    private struct Rank: Comparable {
        let expiryDate: Date
        let number: Int

        static func < (one: Self, other: Self) -> Bool {
            (one.expiryDate, one.number) < (other.expiryDate, other.number)
        }
    }

    private let limit: Int
    private let limitPerHost: Int
    private var running = 0
    private var runningByHost: [String: Int] = [:]
    /// The numbers of the downloads that wait, by host.
    private var waiting: [String: AddressableHeap<Rank, Int>] = [:]
    /// The positions of the downloads that wait, by number.
    private var entries: [Int: (host: String, key: SlotKey)] = [:]
    private var count = 0

    /// - Parameters:
    ///   - limit: The number of downloads at the same time, at least one.
    ///   - limitPerHost: The number for one host, at least one.
    package init(limit: Int, limitPerHost: Int) {
        self.limit = max(limit, 1)
        self.limitPerHost = max(limitPerHost, 1)
    }

    /// Takes a slot, or a number in the queue.
    ///
    /// - Parameters:
    ///   - host: The host of the link.
    ///   - expiryDate: The date from which on the link may be dead. `nil` counts as never.
    /// - Returns: The number of the waiting download; `nil` if it may begin.
    package mutating func request(_ host: String, expiringAt expiryDate: Date?) -> Int? {
        if hasSlot(for: host) {
            begin(host)
            return nil
        }
        count += 1
        let rank = Rank(expiryDate: expiryDate ?? .distantFuture, number: count)
        let key = waiting[host, default: AddressableHeap()].insert(count, at: rank)
        entries[count] = (host, key)
        return count
    }

    /// Releases a slot.
    ///
    /// - Parameter host: The host of the download that has ended.
    /// - Returns: The number of the download that takes the slot; `nil` if none can.
    package mutating func release(_ host: String) -> Int? {
        running -= 1
        let rest = (runningByHost[host] ?? 1) - 1
        runningByHost[host] = rest > 0 ? rest : nil
        var first: (host: String, rank: Rank)?
        for host in waiting.keys where hasSlot(for: host) {
            guard let rank = waiting[host]?.leastPriority() else { continue }
            if first.map({ rank < $0.rank }) ?? true { first = (host, rank) }
        }
        guard let first, let number = waiting[first.host]?.popFirst(upTo: first.rank) else { return nil }
        remove(number)
        begin(first.host)
        return number
    }

    /// Removes a waiting download; false if it has begun.
    package mutating func cancel(_ number: Int) -> Bool {
        guard let entry = entries[number] else { return false }
        waiting[entry.host]?.remove(entry.key)
        remove(number)
        return true
    }

    /// Removes the entry of a download that no longer waits, and the heap of its host if that is empty.
    private mutating func remove(_ number: Int) {
        guard let host = entries.removeValue(forKey: number)?.host else { return }
        if waiting[host]?.leastPriority() == nil { waiting[host] = nil }
    }

    private func hasSlot(for host: String) -> Bool {
        running < limit && runningByHost[host, default: 0] < limitPerHost
    }

    private mutating func begin(_ host: String) {
        running += 1
        runningByHost[host, default: 0] += 1
    }
}
