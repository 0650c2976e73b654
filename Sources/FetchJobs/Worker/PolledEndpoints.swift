import FetchDataStructures

/// The endpoints of a worker's jobs, each of them kept once with the number of its jobs.
///
/// A job keeps the number of its endpoint: the strings of a name and an account, which the store has read for each job
/// anew, take several times as much memory. An endpoint is forgotten with its last job, since each tenant may have an
/// account of its own.
struct PolledEndpoints: Sendable {
    private struct Entry: Sendable {
        let endpoint: PolledEndpoint
        var jobs: Int
    }

    private var entries = SlotMap<Entry>()
    private var keys: [PolledEndpoint: SlotKey] = [:]

    /// The endpoint with a number.
    subscript(number: UInt32) -> PolledEndpoint? { entries[entries.key(at: number)]?.endpoint }

    /// Returns the number of an endpoint; `nil` if it has no jobs.
    func number(of endpoint: PolledEndpoint) -> UInt32? { keys[endpoint]?.index }

    /// Adds a job of an endpoint, and returns the number of the endpoint.
    mutating func addJob(of endpoint: PolledEndpoint) -> UInt32 {
        if let key = keys[endpoint] {
            entries.update(key) { $0.jobs += 1 }
            return key.index
        }
        let key = entries.insert(Entry(endpoint: endpoint, jobs: 1))
        keys[endpoint] = key
        return key.index
    }

    /// Removes a job of the endpoint with a number.
    mutating func removeJob(of number: UInt32) {
        let key = entries.key(at: number)
        let rest = entries.update(key) { entry in
            entry.jobs -= 1
            return entry.jobs
        }
        guard rest == 0, let entry = entries.remove(key) else { return }
        keys[entry.endpoint] = nil
    }
}
