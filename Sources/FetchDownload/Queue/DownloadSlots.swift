#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The downloads that run and those that wait for a place, a value without a lock.
///
/// Of those that wait, the one whose link dies first comes first, if its host has a place.
package struct DownloadSlots: Sendable {
    /// A download that waits.
    private struct Waiter: Sendable {
        let number: Int
        let host: String
        let expiryDate: Date
    }

    private let limit: Int
    private let limitPerHost: Int
    private var running = 0
    private var runningByHost: [String: Int] = [:]
    // In the order in which they get their places.
    private var waiters: [Waiter] = []
    private var count = 0

    /// - Parameters:
    ///   - limit: The number of downloads at the same time, at least one.
    ///   - limitPerHost: The number for one host, at least one.
    package init(limit: Int, limitPerHost: Int) {
        self.limit = max(limit, 1)
        self.limitPerHost = max(limitPerHost, 1)
    }

    /// Takes a place, or a number in the queue.
    ///
    /// - Parameters:
    ///   - host: The host of the link.
    ///   - expiryDate: The date from which on the link may be dead. `nil` counts as never.
    /// - Returns: The number of the waiting download; `nil` if it may begin.
    package mutating func request(_ host: String, expiringAt expiryDate: Date?) -> Int? {
        if hasPlace(for: host) {
            begin(host)
            return nil
        }
        count += 1
        let waiter = Waiter(number: count, host: host, expiryDate: expiryDate ?? .distantFuture)
        let index = waiters.firstIndex { waiter.expiryDate < $0.expiryDate } ?? waiters.endIndex
        waiters.insert(waiter, at: index)
        return count
    }

    /// Gives a place back.
    ///
    /// - Parameter host: The host of the download that has ended.
    /// - Returns: The number of the download that begins in its place; `nil` if none can.
    package mutating func release(_ host: String) -> Int? {
        running -= 1
        let rest = (runningByHost[host] ?? 1) - 1
        runningByHost[host] = rest > 0 ? rest : nil
        guard let index = waiters.firstIndex(where: { hasPlace(for: $0.host) }) else { return nil }
        let waiter = waiters.remove(at: index)
        begin(waiter.host)
        return waiter.number
    }

    /// Removes a waiting download; false if it has begun.
    package mutating func cancel(_ number: Int) -> Bool {
        guard let index = waiters.firstIndex(where: { $0.number == number }) else { return false }
        waiters.remove(at: index)
        return true
    }

    private func hasPlace(for host: String) -> Bool {
        running < limit && runningByHost[host, default: 0] < limitPerHost
    }

    private mutating func begin(_ host: String) {
        running += 1
        runningByHost[host, default: 0] += 1
    }
}
