import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Many accounts") struct ManyAccountsTests {
    private let endpoint = KeyedEndpoint()

    @Test func `three thousand accounts with a job each are polled at once, and nothing of them is kept`() async throws
    {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount, limits: FetchLimits(requestsInFlight: 1))
        let jobs = try (0..<3_000).map { QueuedJob(try JobReference("test.keyed:15"), account: AccountID("t\($0)")) }
        let succeeded = try await harness.clock.run {
            try await client.outcomes(of: jobs).reduce(into: 0) { $0 += $1.result.output == nil ? 0 : 1 }
        }
        #expect(succeeded == 3_000)
        #expect(harness.clock.elapsed == .seconds(20))
        #expect(Set(harness.requests.map(\.key)).count == 3_000)
        let rest = client.schedulerInvariants
        #expect(rest.accountQueues <= 600, "the search for idle ones begins with some hundred")
        #expect(rest.endpoints <= 600)
        #expect(rest.jobs == 0)
    }

    @Test func `accounts that are polled one after the other aren't kept`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        try await harness.clock.run {
            for number in 0..<1_200 { _ = try await client.account(AccountID("t\(number)")).fetch(endpoint, id: "0") }
        }
        #expect(client.schedulerInvariants.accountQueues <= 600)
        #expect(client.schedulerInvariants.endpoints <= 600)
    }

    @Test func `accounts that were polled at once are dropped when the client is used a second later`() async throws {
        let harness = AccountHarness(latency: .seconds(1))
        let client = try harness.client(credentials: .ofEachAccount)
        try await harness.clock.run {
            try await withThrowingTaskGroup { [endpoint] group in
                for number in 0..<1_000 {
                    group.addTask { _ = try await client.account(AccountID("t\(number)")).fetch(endpoint, id: "0") }
                }
                try await group.waitForAll()
            }
            try await harness.clock.sleep(for: .seconds(1))
            _ = try await client.fetch(endpoint, id: "0")
        }
        #expect(client.schedulerInvariants.accountQueues <= 32)
        #expect(client.schedulerInvariants.endpoints <= 33)
    }

    @Test func `a batch can be left when accounts whose jobs were parked have been dropped`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        // When the second half is done, the outcomes of the first leave no room for them.
        let jobs = try (0..<2_000).map { number in
            let job = try JobReference(number < 1_000 ? "test.keyed:0" : "test.keyed:15")
            return QueuedJob(job, account: AccountID("t\(number)"))
        }
        let taken = try await harness.clock.run {
            // So that the client's own queue has the first place.
            _ = try await client.fetch(endpoint, id: "0")
            let batch = client.outcomes(of: jobs)
            try await harness.clock.sleep(for: .seconds(30))
            var taken = 0
            for try await _ in batch {
                taken += 1
                guard taken == 1_500 else { continue }
                // All have ended. The accounts are dropped, and the places of their queues with them.
                try await harness.clock.sleep(for: .seconds(10))
                _ = try await client.fetch(endpoint, id: "0")
                #expect(client.schedulerInvariants.accountQueues <= 32)
                break
            }
            return taken
        }
        #expect(taken == 1_500)
        #expect(client.schedulerInvariants.jobs == 0)
    }

    @Test func `a pause of an account that nothing uses can be ended`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        client.account("a").pause("test", for: .zero)
        client.account("b").pause("test", for: .seconds(-1))
        #expect(client.schedulerInvariants.accountQueues == 0)
        try await harness.clock.run { _ = try await client.account("a").result(endpoint, id: "0") }
        #expect(harness.times(of: "key-of-a") == [.zero])
    }

    @Test func `an account that is dropped during its pause isn't polled before the pause is over`() async throws {
        let harness = AccountHarness { key, _, time in
            guard key == "key-of-a", time < .seconds(30) else { return nil }
            return FetchResponse(status: 429, headers: ["Retry-After": "60"], body: Data())
        }
        let client = try harness.client(credentials: .ofEachAccount)
        try await harness.clock.run {
            _ = try? await client.account("a").fetch(endpoint, id: "0")
            // They push the account out of all caches.
            for number in 0..<1_200 { _ = try await client.account(AccountID("t\(number)")).fetch(endpoint, id: "0") }
            _ = try await client.account("a").result(endpoint, id: "0")
            #expect(harness.times(of: "key-of-a") == [.zero, .seconds(60)])
            for number in 0..<600 { _ = try await client.account(AccountID("u\(number)")).fetch(endpoint, id: "0") }
        }
        #expect(client.schedulerInvariants.accountQueues <= 600)
    }

    @Test func `an account keeps its limits while a client of it is held`() async throws {
        let harness = AccountHarness(latency: .seconds(1))
        let client = try harness.client(credentials: .ofEachAccount)
        let tenant = client.account("a")
        tenant.setLimits(FetchLimits(requestsInFlight: 1), for: "test")
        try await harness.clock.run {
            for number in 0..<700 { _ = try await client.account(AccountID("t\(number)")).fetch(endpoint, id: "0") }
            let start = harness.clock.elapsed
            async let first = client.account("a").result(endpoint, id: "0-1")
            async let second = client.account("a").result(endpoint, id: "0-2")
            _ = try await (first, second)
            #expect(harness.clock.elapsed - start == .seconds(2))
        }
        _ = tenant
    }
}
