import FetchCore
import FetchTesting
import Synchronization
import Testing

@Suite struct `A sequence that feeds a batch` {
    /// Hands out jobs without end, and counts them.
    private final class Endless: AsyncSequence, Sendable {
        let count = Mutex(0)

        struct Iterator: AsyncIteratorProtocol {
            let endless: Endless

            mutating func next() async -> QueuedJob? {
                let count = endless.count.withLock { count in
                    count += 1
                    return count
                }
                guard count < 10_000 else { return nil }
                return (try? JobReference("depot.crate:0-\(count)")).map { QueuedJob($0) }
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(endless: self) }
    }

    @Test func `is read no further when the loop is left, though the batch is kept`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let endless = Endless()
        let batch = client.outcomes(of: endless, atOnce: 5)
        try await depot.clock.run {
            for try await _ in batch { break }
            try await depot.clock.sleep(for: .seconds(100))
        }
        #expect(endless.count.withLock { $0 } < 20)
        #expect(batch.count < 10)
    }

    @Test func `is read no further when the batch is finished`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let endless = Endless()
        let batch = client.outcomes(of: endless, atOnce: 5)
        let count = try await depot.clock.run {
            try await depot.clock.sleep(for: .seconds(1))
            batch.finish()
            return try await batch.reduce(0) { count, _ in count + 1 }
        }
        #expect(count == 5)
        #expect(endless.count.withLock { $0 } < 10)
    }
}
