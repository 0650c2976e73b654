import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Outcomes of a job sequence") struct OutcomesTests {
    @Test func `outcomes are delivered in order of completion, and jobs keep their submissions`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let submission = Submission(at: harness.clock.wallClock(), eta: .seconds(40))
        let jobs = try ["60", "0", "20"].map {
            QueuedJob(try JobReference(endpoint: "test.job", id: $0), submitted: submission)
        }
        let ids = try await harness.clock.run {
            var ids: [String] = []
            for try await outcome in client.outcomes(of: jobs) { ids.append(outcome.job.id) }
            return ids
        }
        #expect(ids == ["0", "20", "60"])
        #expect(harness.times(of: "0") == [.seconds(10)], "the first request for a new job is delayed")
    }

    /// A sequence of jobs that reports each element read and can end with an error.
    private struct JobSequence: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var jobs: [String]
        var error: DatabaseError?
        let didRead: @Sendable (String) -> Void

        func makeAsyncIterator() -> Self { self }

        mutating func next() async throws -> QueuedJob? {
            guard !jobs.isEmpty else {
                if let error { throw error }
                return nil
            }
            let id = jobs.removeFirst()
            didRead(id)
            return QueuedJob(try JobReference(endpoint: "test.job", id: id))
        }
    }

    private struct DatabaseError: Error {}

    @Test func `jobs are read as the batch has room, and no further if outcomes are not consumed`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let log = EventLog<String>()
        let jobs = JobSequence(jobs: (0..<100).map { "25-\($0)" }, didRead: log.record)
        let (before, after, all) = try await harness.clock.run {
            let batch = client.outcomes(of: jobs, maxConcurrent: 10)
            try await harness.clock.sleep(for: .seconds(100))
            let before = log.events.count
            var all: Set<String> = []
            for try await outcome in batch {
                all.insert(outcome.job.id)
                guard all.count == 5 else { continue }
                try await harness.clock.sleep(for: .seconds(1))
                break
            }
            return (before, log.events.count, all.count)
        }
        #expect(before == 10, "ten jobs are done, and their outcomes are not consumed")
        #expect(after <= 15 && after > 10)
        #expect(all == 5)
    }

    @Test func `every job has an outcome, whatever the limit`() async throws {
        for limit in [Int.min, 0, 1, 7, Int.max] {
            let harness = SchedulingHarness()
            let client = try harness.client()
            let jobs = JobSequence(jobs: (0..<50).map { "15-\($0)" }, didRead: { _ in })
            let ids = try await harness.clock.run {
                var ids: [String] = []
                for try await outcome in client.outcomes(of: jobs, maxConcurrent: limit) { ids.append(outcome.job.id) }
                return ids
            }
            #expect(ids.count == 50 && Set(ids).count == 50, "limit \(limit)")
        }
    }

    @Test func `the error of the sequence is thrown after the outcomes of the jobs before it`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let jobs = JobSequence(jobs: ["25", "5"], error: DatabaseError(), didRead: { _ in })
        let ids = await harness.clock.run {
            var ids: [String] = []
            await #expect(throws: DatabaseError.self) {
                for try await outcome in client.outcomes(of: jobs) { ids.append(outcome.job.id) }
            }
            return ids
        }
        #expect(ids == ["5", "25"])
    }

    @Test func `the sequence is read no further once the loop is left`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let log = EventLog<String>()
        let jobs = JobSequence(jobs: (0..<100).map { "0-\($0)" }, didRead: log.record)
        try await harness.clock.run {
            for try await _ in client.outcomes(of: jobs, maxConcurrent: 3) { break }
            try await harness.clock.sleep(for: .seconds(100))
        }
        #expect(log.events.count < 10)
    }

    @Test func `a second loop receives no outcomes and takes none from the first`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let jobs = try ["10", "20", "30"].map { QueuedJob(try JobReference(endpoint: "test.job", id: $0)) }
        let (first, second) = try await harness.clock.run {
            let batch = client.outcomes(of: jobs)
            async let first = batch.reduce(into: []) { $0.append($1.job.id) }
            try await harness.clock.sleep(for: .seconds(15))
            let second = try await batch.reduce(0) { count, _ in count + 1 }
            return (try await first, second)
        }
        #expect(first == ["10", "20", "30"])
        #expect(second == 0)
    }
}
