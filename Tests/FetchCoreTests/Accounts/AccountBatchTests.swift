import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Batches of several accounts") struct AccountBatchTests {
    private func job(_ id: String, _ account: AccountID?, context: JSONValue? = nil) throws -> QueuedJob {
        QueuedJob(try JobReference("test.keyed:\(id)"), account: account, context: context)
    }

    @Test func `jobs with the same reference in two accounts have an outcome each, with its own context`()
        async throws
    {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let jobs = [try job("15", "a", context: 1), try job("15", "b", context: 2), try job("15", nil, context: 3)]
        let outcomes = try await harness.clock.run {
            try await client.outcomes(of: jobs).reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        let contexts = Dictionary(uniqueKeysWithValues: outcomes.map { ($0.account, $0.context) })
        #expect(contexts == ["a": 1, "b": 2, nil: 3])
        #expect(Set(harness.requests.map(\.key)) == ["key-of-a", "key-of-b", "key-of-the-client-itself"])
        #expect(harness.requests.count == 9)
    }

    @Test func `an outcome without a key names the account, in a line for a log and when it is stored`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(
            credentials: .accounts { account, _ in account == "a" ? APIKey("key-of-a") : nil }
        )
        let outcomes = try await harness.clock.run {
            try await client.outcomes(of: [job("0", "a"), job("0", "b")])
                .reduce(into: [AccountID?: JobOutcome]()) { $0[$1.account] = $1 }
        }
        #expect(outcomes["a"]?.description.hasPrefix("test.keyed:0 of account a succeeded") == true)
        let error = try #require(outcomes["b"]?.result.error)
        #expect(error.code == .missingKey && error.account == "b")
        #expect(error.description.hasPrefix("test.keyed:0 of account b: "))
        let stored = try JSONDecoder().decode(FetchError.self, from: JSONEncoder().encode(error))
        #expect(stored == error)
    }

    @Test func `a job that is added again for the same account has one outcome`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let jobs = [try job("15", "a"), try job("15", "a")]
        let outcomes = try await harness.clock.run {
            try await client.outcomes(of: jobs).reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.count == 1)
        #expect(harness.requests.count == 3)
    }

    @Test func `the jobs of an account's own batch belong to the account`() async throws {
        let harness = AccountHarness()
        let tenant = try harness.client().account("a", credentials: .key("key-of-tenant-a"))
        let outcomes = try await harness.clock.run {
            try await tenant.outcomes(of: [job("0", nil)]).reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.map(\.account) == ["a"])
        #expect(harness.requests.map(\.key) == ["key-of-tenant-a"])
    }

    @Test func `a job is cancelled in its own account only`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let outcomes = try await harness.clock.run {
            let batch = client.batch()
            for account in ["a", "b"] as [AccountID] { batch.add(try job("15", account)) }
            let reference = try JobReference("test.keyed:15")
            #expect(batch.cancel(reference) == nil)
            #expect(batch.cancel(reference, of: "a") != nil)
            batch.finish()
            return try await batch.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.map(\.account) == ["b"])
    }

    @Test func `a snapshot keeps the accounts of its jobs`() async throws {
        let harness = AccountHarness()
        let (first, second) = (
            try harness.client(credentials: .ofEachAccount), try harness.client(credentials: .ofEachAccount)
        )
        let outcomes = try await harness.clock.run {
            let batch = first.batch()
            for account in ["a", nil] as [AccountID?] { batch.add(try job("15", account)) }
            try await harness.clock.sleep(for: .seconds(1))
            let stored = try JSONEncoder().encode(batch.drain())
            let resumed = second.batch(resuming: try JSONDecoder().decode(BatchSnapshot.self, from: stored))
            resumed.finish()
            return try await resumed.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(Set(outcomes.map(\.account)) == ["a", nil])
        #expect(harness.times(of: "key-of-a").count == 3)
        let decoded = try outcomes.map {
            try JSONDecoder().decode(JobOutcome.self, from: JSONEncoder().encode($0)).account
        }
        #expect(decoded == outcomes.map(\.account))
    }

    @Test func `an account whose key is missing doesn't affect others`() async throws {
        let harness = AccountHarness()
        let credentials = Credentials.accounts { account, _, _ in account == "a" ? nil : APIKey("key-of-the-other-one")
        }
        let client = try harness.client(credentials: credentials)
        let outcomes = try await harness.clock.run {
            try await client.outcomes(of: [job("0", "a"), job("0", "b")]).reduce(into: [JobOutcome]()) {
                $0.append($1)
            }
        }
        #expect(outcomes.first { $0.account == "a" }?.result.error?.code == .missingKey)
        #expect(outcomes.first { $0.account == "b" }?.result.output != nil)
    }
}
