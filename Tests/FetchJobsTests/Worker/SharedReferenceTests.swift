import FetchCore
import FetchJobs
import FetchTesting
import Testing

@Suite("Jobs with one reference") struct SharedReferenceTests {
    @Test func `the jobs of an account end together, and those of other accounts go on`() async throws {
        let harness = WorkerHarness { $0.key == "Bearer key-a" ? WorkerHarness.success : WorkerHarness.pending }
        let notes = try await harness.clock.run {
            let client = try harness.client()
            let accounts = ["a", "b"].map { name in
                client.account(AccountID(name), credentials: .fixed(["example": APIKey("key-\(name)")]))
            }
            try await harness.store.add([
                DurableJob("example.jobs:1", tenant: "1", account: "a", note: 1),
                DurableJob("example.jobs:1", tenant: "2", account: "b", note: 2),
                DurableJob("example.jobs:1", tenant: "3", note: 3),
                DurableJob("example.jobs:1", tenant: "4", account: "a", note: 4),
            ])
            try await harness.run([JobWorker(client: client, store: harness.store)], for: .seconds(100))
            withExtendedLifetime(accounts) {}
            return try await harness.store.takeDeliveries(limit: 10, for: .seconds(1)).map(\.note)
        }
        #expect(Set(notes) == [1, 4])
        let keys = harness.requests.filter { $0.time > .seconds(60) }.map(\.key)
        #expect(Set(keys) == ["Bearer key-b", "Bearer test-key"])
    }

    @Test func `a job is polled again for a tenant that adds it after its end`() async throws {
        let harness = WorkerHarness()
        let notes = try await harness.clock.run {
            try await harness.store.add([DurableJob("example.jobs:1", tenant: "1", note: 1)])
            async let adding: Void = {
                try await harness.clock.sleep(for: .seconds(60))
                try await harness.store.add([DurableJob("example.jobs:1", tenant: "2", note: 2)])
            }()
            // The worker's other job never ends, so that the worker lives on.
            try await harness.store.add([DurableJob("example.other:1", tenant: "1")])
            try await harness.run([try harness.worker()], for: .seconds(120))
            try await adding
            return try await harness.store.takeDeliveries(limit: 10, for: .seconds(1)).map(\.note)
        }
        #expect(Set(notes) == [1, 2])
        #expect(harness.requests.count == 2)
    }
}
