#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The rules for fetching a sender's keys, as a value.
///
/// Keys are used for at most a day. They are fetched again at most once a minute, and only if a message isn't signed
/// with one of them, so that forged messages can't cause more requests.
struct KeySetState: Sendable {
    /// The next step for a message that isn't signed with a known key.
    enum Step: Sendable, Hashable {
        /// Begin to fetch the keys.
        case fetch
        /// Wait for the keys that are being fetched.
        case wait
        /// The keys are as new as they may be: the signature is wrong.
        case refuse
        /// There are no keys, and they can't be fetched yet.
        case unavailable
    }

    static let lifetime: TimeInterval = 86_400
    static let refetchInterval: TimeInterval = 60
    /// The time after a failed request while there are no keys: a minute would lose the messages of a minute.
    static let retryInterval: TimeInterval = 5
    /// The greatest number of messages that wait for a request. Further ones are refused until it ends.
    static let maximumWaiting = 64

    private var keys: [SigningKey] = []
    private var fetchedAt: Date?
    private var attemptedAt: Date?
    private var isFetching = false
    private(set) var waiting = 0

    /// Returns the keys that may be used.
    func usableKeys(at date: Date) -> [SigningKey] {
        guard let fetchedAt, abs(date.timeIntervalSince(fetchedAt)) <= Self.lifetime else { return [] }
        return keys
    }

    /// Decides about a message that isn't signed with a known key.
    mutating func step(at date: Date) -> Step {
        let hasKeys = !usableKeys(at: date).isEmpty
        if isFetching {
            guard waiting < Self.maximumWaiting else { return .unavailable }
            waiting += 1
            return .wait
        }
        let interval = hasKeys ? Self.refetchInterval : Self.retryInterval
        // The clock may have been set back, so the distance counts.
        if let attemptedAt, abs(date.timeIntervalSince(attemptedAt)) < interval {
            return hasKeys ? .refuse : .unavailable
        }
        isFetching = true
        attemptedAt = date
        return .fetch
    }

    /// Notes the end of a request. Without new keys, the old ones are kept until their time is over.
    mutating func end(with newKeys: [SigningKey]?, at date: Date) {
        isFetching = false
        waiting = 0
        guard let newKeys else { return }
        keys = newKeys
        fetchedAt = date
    }
}
