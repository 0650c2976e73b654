import FetchCore
import FetchTesting
import Synchronization
import Testing

@Suite("Consumption of a job sequence") struct SequenceConsumptionTests {
    /// A long sequence of jobs that counts the elements read.
    private final class CountingSequence: AsyncSequence, Sendable {
        let count = Mutex(0)

        struct Iterator: AsyncIteratorProtocol {
            let sequence: CountingSequence

            mutating func next() async -> QueuedJob? {
                let count = sequence.count.withLock { count in
                    count += 1
                    return count
                }
                guard count < 10_000 else { return nil }
                return (try? JobReference("test.job:0-\(count)")).map { QueuedJob($0) }
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }
    }

    @Test func `the sequence is read no further once the loop is left, even if the batch is retained`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let sequence = CountingSequence()
        let batch = client.outcomes(of: sequence, maxConcurrent: 5)
        try await harness.clock.run {
            for try await _ in batch { break }
            try await harness.clock.sleep(for: .seconds(100))
        }
        #expect(sequence.count.withLock { $0 } < 20)
        #expect(batch.count < 10)
    }

    @Test func `the sequence is read no further once the batch is finished`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let sequence = CountingSequence()
        let batch = client.outcomes(of: sequence, maxConcurrent: 5)
        let count = try await harness.clock.run {
            try await harness.clock.sleep(for: .seconds(1))
            batch.finish()
            return try await batch.reduce(0) { count, _ in count + 1 }
        }
        #expect(count == 5)
        #expect(sequence.count.withLock { $0 } < 10)
    }
}
