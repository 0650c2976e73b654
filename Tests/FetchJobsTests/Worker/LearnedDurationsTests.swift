import FetchCore
import FetchJobs
import FetchTesting
import Testing

@Suite("Durations that workers have learned") struct LearnedDurationsTests {
    @Test func `a worker begins with the durations of the others`() async throws {
        let harness = WorkerHarness { request in
            request.time > .seconds(40) && request.id != "21" ? WorkerHarness.success : WorkerHarness.pending
        }
        let (first, second) = (try harness.client(), try harness.client())
        try await harness.clock.run {
            try await harness.add(1...20)
            try await harness.run([JobWorker(client: first, store: harness.store)], for: .seconds(200))
            // The second polls a job that doesn't end, from which it learns nothing.
            try await harness.add(21...21)
            try await harness.run([JobWorker(client: second, store: harness.store)], for: .seconds(60))
        }
        #expect(!first.durations.isEmpty)
        #expect(try await harness.store.durations()["example.jobs"] != nil)
        #expect(second.durations["example.jobs"] != nil)
    }
}
