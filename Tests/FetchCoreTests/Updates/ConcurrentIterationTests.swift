import FetchCore
import FetchTesting
import Testing

@Suite("Iterators that two tasks share") struct ConcurrentIterationTests {
    /// An actor whose function suspends in an iterator, and is called again meanwhile.
    private actor SharedUpdates {
        private let iterator: FetchUpdates<String>.Iterator

        init(_ client: FetchClient, id: String) {
            iterator = client.updates(TextStateEndpoint(), id: id).makeAsyncIterator()
        }

        func next() async throws -> FetchUpdate<String>? {
            var iterator = iterator
            return try await iterator.next(isolation: self)
        }
    }

    private actor SharedBatch {
        private let iterator: JobBatch.Iterator

        init(_ batch: JobBatch) { iterator = batch.makeAsyncIterator() }

        func next() async throws -> JobOutcome? {
            var iterator = iterator
            return try await iterator.next(isolation: self)
        }
    }

    @Test func `a second call of next() throws, and the first one goes on`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let updates = SharedUpdates(client, id: "25")
        try await harness.clock.run {
            _ = try await updates.next()
            async let first = updates.next()
            try await harness.clock.sleep(for: .seconds(5))
            let error = await #expect(throws: FetchError.self) { _ = try await updates.next() }
            #expect(error?.code == .concurrentIteration)
            #expect(try await first?.requests == 2)
            #expect(try await updates.next()?.requests == 3)
        }
        #expect(harness.times(of: "25") == [.zero, .seconds(10), .seconds(20)])
    }

    @Test func `a second call of a batch's next() throws, and the first one goes on`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        try await harness.clock.run {
            for id in ["10", "20"] { batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id))) }
            batch.finish()
            let shared = SharedBatch(batch)
            async let first = shared.next()
            try await harness.clock.sleep(for: .seconds(5))
            let error = await #expect(throws: FetchError.self) { _ = try await shared.next() }
            #expect(error?.code == .concurrentIteration)
            #expect(try await first?.job.id == "10")
            #expect(try await shared.next()?.job.id == "20")
            #expect(try await shared.next() == nil)
        }
    }
}
