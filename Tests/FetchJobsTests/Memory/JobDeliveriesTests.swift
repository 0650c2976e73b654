import FetchCore
import FetchJobs
import FetchTesting
import Testing

@Suite("Loops over deliveries") struct JobDeliveriesTests {
    /// A store that is unavailable during the half of each minute.
    private struct IntermittentStore: WrappedJobStore {
        let inner: any JobStore
        let clock: VirtualClock

        func call<Result: Sendable>(
            _ name: String,
            _ body: @escaping @Sendable (any JobStore) async throws -> Result
        ) async throws -> Result {
            guard Int(clock.elapsed / .seconds(30)) % 2 == 0 else { throw JobStoreError(.unavailable, "no connection") }
            return try await body(inner)
        }
    }

    /// Adds and ends jobs, and returns the store.
    private func store(on clock: VirtualClock, jobs: ClosedRange<Int>) async throws -> InMemoryJobStore {
        let store = InMemoryJobStore(date: clock.wallClock)
        for number in jobs {
            let job = try DurableJob("example.jobs:\(number)")
            try await store.add([job])
            try await store.cancel(job.job)
        }
        return store
    }

    @Test func `a loop goes on after the store was unavailable`() async throws {
        let clock = VirtualClock()
        let handled = try await clock.run {
            let store = try await self.store(on: clock, jobs: 1...40)
            let intermittent = IntermittentStore(inner: store, clock: clock)
            var handled: [StoredJobID] = []
            for try await delivery in intermittent.deliveries(clock: clock) {
                try await clock.sleep(for: .seconds(3))
                try await delivery.acknowledge()
                handled.append(delivery.outcome.id)
                if handled.count == 40 { break }
            }
            #expect(try await store.overview().undeliveredOutcomes == 0)
            return handled
        }
        #expect(Set(handled).count == 40)
        #expect(clock.elapsed > .seconds(60))
    }

    @Test func `outcomes whose time is over are taken again before they are handled`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let store = try await self.store(on: clock, jobs: 1...4)
            var deliveries = store.deliveries(takenFor: .seconds(60), clock: clock).makeAsyncIterator()
            let first = try #require(try await deliveries.next())
            try await clock.sleep(for: .seconds(90))
            // Another loop takes what the first one has kept for too long.
            let others = try await store.takeDeliveries(limit: 10, for: .seconds(600))
            #expect(others.count == 4)
            try await store.acknowledge(others.dropLast().map(\.id))
            try await clock.sleep(for: .seconds(600))
            let next = try #require(try await deliveries.next())
            #expect(next.outcome.id == others.last?.id)
            #expect(next.outcome.id != first.outcome.id)
        }
    }
}
