import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `Very many jobs` {
    @Test func `are told apart, and found again, as they come and go`() async throws {
        let depot = Depot()
        let batch = try depot.client(limits: FetchLimits(requestsInFlight: 1_000)).batch()
        let (outcomes, expected) = try await depot.clock.run {
            var random = SplitMix(state: 20)
            var waiting: Set<String> = []
            for _ in 0..<5_000 {
                let number = Int.random(in: 0..<1_000, using: &random)
                let id = "\(30 + number % 50)-\(number)"
                let job = QueuedJob(try JobReference(endpoint: "depot.crate", id: id))
                if Int.random(in: 0..<3, using: &random) > 0 {
                    batch.add(job)
                    waiting.insert(id)
                } else {
                    #expect(batch.cancel(job.job) == (waiting.remove(id) != nil))
                }
                #expect(batch.count == waiting.count)
            }
            batch.finish()
            var outcomes: [String] = []
            for try await outcome in batch {
                outcomes.append(outcome.job.id)
                #expect(throws: Never.self) { try outcome.result.get() }
            }
            return (outcomes, waiting)
        }
        #expect(outcomes.count == expected.count)
        #expect(Set(outcomes) == expected)
    }
}
