import FetchCore
import FetchDataStructures

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The jobs that a worker has leased, by their numbers and by the keys under which they are polled.
///
/// There may be a million. So each is in it once, in as little memory as possible, and is found by way of indices of
/// slots.
struct HeldJobs: Sendable {
    private struct Entry: Sendable {
        // Ordered to avoid padding.
        let id: StoredJobID
        let deadline: Date
        let jobID: String
        let endpoint: UInt32
        var isPolled: Bool
    }

    private var entries = SlotMap<Entry>()
    private var byID = HashIndex()
    private var byKey = HashIndex()
    private var endpoints = PolledEndpoints()

    /// The number of jobs.
    var count: Int { entries.count }

    subscript(id: StoredJobID) -> HeldJob? { key(of: id).flatMap { entries[$0] }.flatMap(job) }

    func contains(_ id: StoredJobID) -> Bool { key(of: id) != nil }

    /// Returns the jobs with a key, in the order of their numbers. Those of two tenants may share it.
    func ids(of key: PolledKey) -> [StoredJobID] { entries(of: key).map(\.id).sorted() }

    /// Returns the jobs for which a condition holds, in no order.
    func ids(where isIncluded: (StoredJobID, HeldJob) -> Bool) -> [StoredJobID] {
        entries.keys.compactMap { key in
            guard let entry = entries[key], let job = job(entry), isIncluded(entry.id, job) else { return nil }
            return entry.id
        }
    }

    /// Returns true if the batch waits for a key.
    func isPolled(_ key: PolledKey) -> Bool { entries(of: key).contains(where: \.isPolled) }

    /// Inserts a job that isn't there.
    mutating func insert(_ id: StoredJobID, _ job: HeldJob) {
        let endpoint = endpoints.addJob(of: job.key.endpoint)
        let entry = Entry(
            id: id,
            deadline: job.deadline,
            jobID: job.key.job.id,
            endpoint: endpoint,
            isPolled: job.isPolled
        )
        let slot = entries.insert(entry).index
        byID.insert(slot, hash: id.hashValue)
        byKey.insert(slot, hash: Self.hash(entry.jobID, endpoint))
    }

    mutating func setPolled(_ id: StoredJobID, _ isPolled: Bool) {
        guard let key = key(of: id) else { return }
        entries.update(key) { $0.isPolled = isPolled }
    }

    /// Removes a job, and returns it if it was there. With the last one the memory is released.
    mutating func remove(_ id: StoredJobID) -> HeldJob? {
        guard let key = key(of: id), let entry = entries.remove(key) else { return nil }
        defer { endpoints.removeJob(of: entry.endpoint) }
        if entries.isEmpty {
            (byID, byKey) = (HashIndex(), HashIndex())
        } else {
            byID.remove(key.index, hash: id.hashValue)
            byKey.remove(key.index, hash: Self.hash(entry.jobID, entry.endpoint))
        }
        return job(entry)
    }

    private func key(of id: StoredJobID) -> SlotKey? {
        byID.firstSlot(hash: id.hashValue) { entry(in: $0)?.id == id }.map(entries.key(at:))
    }

    private func entry(in slot: UInt32) -> Entry? { entries[entries.key(at: slot)] }

    private func entries(of key: PolledKey) -> [Entry] {
        guard let endpoint = endpoints.number(of: key.endpoint) else { return [] }
        let jobID = JobID(key.job.id)
        return byKey.slots(hash: Self.hash(key.job.id, endpoint)) { slot in
            entry(in: slot).map { $0.endpoint == endpoint && JobID($0.jobID) == jobID } ?? false
        }.compactMap(entry(in:))
    }

    private func job(_ entry: Entry) -> HeldJob? {
        endpoints[entry.endpoint].map { endpoint in
            HeldJob(
                key: PolledKey(JobReference(registered: endpoint.name, checked: entry.jobID), endpoint.account),
                deadline: entry.deadline,
                isPolled: entry.isPolled
            )
        }
    }

    private static func hash(_ jobID: String, _ endpoint: UInt32) -> Int {
        var hasher = Hasher()
        hasher.combine(endpoint)
        hasher.combine(JobID(jobID))
        return hasher.finalize()
    }
}
