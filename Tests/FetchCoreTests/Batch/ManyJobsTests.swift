import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Batches with many jobs") struct ManyJobsTests {
    @Test func `jobs added and cancelled at random have exactly one outcome each`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client(limits: FetchLimits(requestsInFlight: 1_000)).batch()
        let (outcomes, expected) = try await harness.clock.run {
            var random = SplitMix64(seed: 20)
            var expectedIDs: Set<String> = []
            for _ in 0..<5_000 {
                let number = Int.random(in: 0..<1_000, using: &random)
                let id = "\(30 + number % 50)-\(number)"
                let job = QueuedJob(try JobReference(endpoint: "test.job", id: id))
                if Int.random(in: 0..<3, using: &random) > 0 {
                    batch.add(job)
                    expectedIDs.insert(id)
                } else {
                    #expect((batch.cancel(job.job) != nil) == (expectedIDs.remove(id) != nil))
                }
                #expect(batch.count == expectedIDs.count)
            }
            batch.finish()
            var outcomes: [String] = []
            for try await outcome in batch {
                outcomes.append(outcome.job.id)
                #expect(throws: Never.self) { try outcome.result.get() }
            }
            return (outcomes, expectedIDs)
        }
        #expect(outcomes.count == expected.count)
        #expect(Set(outcomes) == expected)
    }
}
