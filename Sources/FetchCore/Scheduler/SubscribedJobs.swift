import FetchDataStructures

/// The jobs of each subscriber that waits for many, so that its subscriptions are found without a search through all
/// jobs.
struct SubscribedJobs: Sendable {
    private struct List: Sendable {
        var jobs: [SlotKey] = []
        /// The length at which the jobs that have ended are dropped.
        var limit = 64
    }

    private var lists: [ObjectIdentifier: List] = [:]

    /// The number of entries, those of jobs that have ended included.
    var size: Int { lists.values.reduce(0) { $0 + $1.jobs.count } }

    /// Adds a job of a subscriber. `isCurrent` tells the jobs that it still waits for.
    mutating func insert(_ job: SlotKey, of subscriber: any Subscriber, isCurrent: (SlotKey) -> Bool) {
        let key = ObjectIdentifier(subscriber)
        if let list = lists[key], list.jobs.count >= list.limit {
            let current = list.jobs.filter(isCurrent)
            lists[key] = List(jobs: current, limit: max(2 * current.count, 64))
        }
        lists[key, default: List()].jobs.append(job)
    }

    /// Returns the jobs of a subscriber, some of which may have ended.
    func all(of subscriber: any Subscriber) -> [SlotKey] { lists[ObjectIdentifier(subscriber)]?.jobs ?? [] }

    /// Removes and returns the jobs of a subscriber, some of which may have ended.
    mutating func removeAll(of subscriber: any Subscriber) -> [SlotKey] {
        lists.removeValue(forKey: ObjectIdentifier(subscriber))?.jobs ?? []
    }
}
