import FetchCore
public import FetchJobs

// Workers and accounts.
extension SQLiteJobStore {
    /// Registers a worker.
    public func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        try await writer.write { try $0.register(name, timeToLive: timeToLive) }
    }

    /// Extends the life of a worker.
    public func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        let text = try StoredText.encode(report)
        return try await renewals.write { try $0.renew(report.id, report: text, timeToLive: timeToLive) }?.fleet()
    }

    /// Notes that a worker ends in order.
    public func leave(_ worker: WorkerID) async throws { try await writer.write { try $0.leave(worker) } }

    /// Removes a worker. Of many leases, some end with the next ``clearUp(limit:)``.
    public func deregister(_ worker: WorkerID) async throws { try await writer.write { try $0.deregister(worker) } }

    /// Declares workers dead, and ends their leases.
    ///
    /// It also removes outcomes whose retention is over, and corrects dates if the clock was set back.
    @discardableResult
    public func clearUp(limit: Int) async throws -> ClearUpResult {
        let end = try EncodedEnd(StoredJobID(rawValue: 0), JobEnd(.deadline))
        return try await writer.write { [configuration] transaction in
            try transaction.clearUp(limit: limit, retention: configuration.retention) { EncodedEnd(end, of: $0) }
        }
    }

    /// Removes and returns the hints for the jobs of a worker.
    public func takeHints(of worker: WorkerID) async throws -> [StoredJobID] {
        guard try await reader.read({ try $0.hasHints(for: worker) }) else { return [] }
        return try await writer.write { try $0.takeHints(of: worker) }
    }

    /// Pauses an account.
    public func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        try await writer.write { try $0.pause(account, for: duration, because: reason) }
    }

    /// Ends the pause of an account.
    @discardableResult
    public func resume(_ account: ProviderAccount) async throws -> Bool {
        try await writer.write { try $0.resume(account) }
    }
}
