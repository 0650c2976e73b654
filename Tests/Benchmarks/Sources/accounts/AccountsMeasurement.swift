import ArgumentParser
import FetchCore
import Foundation
import Measuring

/// A client with accounts whose jobs are waited for, and the measurements of it.
struct AccountsMeasurement {
    private static let few = 10
    /// The number of jobs that are added at once.
    private static let group = 1_000

    let accounts: Int
    let fetches: Int
    let rounds: Int

    private let transport = SwitchedTransport()

    init(accounts: Int, fetches: Int, rounds: Int) {
        self.accounts = accounts
        self.fetches = fetches
        self.rounds = rounds
    }

    func figure() async throws -> AccountsFigure {
        let fewCosts = try await costsAmongFew()
        transport.isDone = false
        let client = try client()
        try await end(batch(0..<Self.few, of: client), 0..<Self.few, of: client)
        _ = try await cost(of: client, accounts: Self.few)
        let (memoryBefore, allocatedBefore) = (Self.resident, Memory.allocated)
        transport.isDone = false
        let batch = client.batch()
        for start in stride(from: 0, to: accounts, by: Self.group) {
            transport.forgetRequests()
            let numbers = start..<min(start + Self.group, accounts)
            try add(numbers, to: batch)
            // All at once, the requests would take more memory than the accounts.
            try await transport.waitForRequests(of: numbers.count)
        }
        batch.finish()
        let memoryDuring = Self.resident
        var (among, inTurn): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            among.append(try await cost(of: client, accounts: Self.few))
            inTurn.append(try await cost(of: client, accounts: accounts))
        }
        try await end(consume batch, 0..<accounts, of: client)
        // Accounts of requests that were just ending are dropped when the client is used a little later.
        try await Task.sleep(for: .seconds(3))
        _ = try await cost(of: client, accounts: Self.few)
        return AccountsFigure(
            accounts: accounts,
            memoryBefore: memoryBefore,
            memoryDuring: memoryDuring,
            residentAfter: Self.resident,
            allocatedBefore: allocatedBefore,
            allocatedAfter: Memory.allocated,
            costAmongTen: fewCosts.median,
            costAmongAll: among.median,
            costOfEachInTurn: inTurn.median
        )
    }

    /// Measures the cost of a fetch in a client of ten accounts, each with a job that is waited for.
    private func costsAmongFew() async throws -> [Double] {
        let client = try client()
        transport.isDone = false
        let batch = try batch(0..<Self.few, of: client)
        try await transport.waitForRequests(of: Self.few)
        var costs: [Double] = []
        for _ in 0..<rounds { costs.append(try await cost(of: client, accounts: Self.few)) }
        try await end(batch, 0..<Self.few, of: client)
        return costs
    }

    private func client() throws -> FetchClient {
        transport.forgetRequests()
        return FetchClient(
            registry: try EndpointRegistry(AccountEndpoint()),
            transport: transport,
            credentials: .accounts { account, _, _ in APIKey("sk-\(account?.rawValue ?? "none")-0123456789") },
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(3_600), schedule: .fixed(.seconds(600)))
            )
        )
    }

    private func batch(_ numbers: Range<Int>, of client: FetchClient) throws -> JobBatch {
        let batch = client.batch()
        try add(numbers, to: batch)
        batch.finish()
        return batch
    }

    private func add(_ numbers: Range<Int>, to batch: JobBatch) throws {
        for number in numbers { batch.add(QueuedJob(try Self.job(number), account: Self.account(number))) }
    }

    private static func job(_ number: Int) throws -> JobReference {
        try JobReference(endpoint: "example.job", id: "job-\(number)")
    }

    private static func account(_ number: Int) -> AccountID { AccountID("tenant-\(number)") }

    /// Has all jobs end, in groups, and waits until they have.
    private func end(_ batch: JobBatch, _ numbers: Range<Int>, of client: FetchClient) async throws {
        transport.isDone = true
        async let outcomes = batch.reduce(0) { count, _ in count + 1 }
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: Self.group) {
            transport.forgetRequests()
            let group = start..<min(start + Self.group, numbers.upperBound)
            for number in group { client.account(Self.account(number)).wake(try Self.job(number)) }
            try await transport.waitForRequests(of: group.count)
        }
        guard try await outcomes == numbers.count else { throw ValidationError("Some jobs have no outcome.") }
    }

    /// Returns the CPU time of a fetch in microseconds, of jobs that nothing waits for.
    private func cost(of client: FetchClient, accounts: Int) async throws -> Double {
        let usage = Usage()
        let stride = max(accounts / fetches, 1)
        for number in 0..<fetches {
            let account = Self.account((number * stride) % accounts)
            _ = try await client.account(account).fetch(AccountEndpoint(), id: "fetched")
        }
        return usage.spent.cpu / Double(fetches) * 1e6
    }

    /// The resident memory, without what the allocator could give back to the system.
    private static var resident: Int {
        Memory.returnUnused()
        return Memory.resident
    }
}
