import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `The outcomes of a sequence of jobs` {
    @Test func `come as they come, each with what was known when its job was submitted`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let submission = Submission(at: depot.clock.wallClock(), eta: .seconds(40))
        let jobs = try ["60", "0", "20"].map {
            QueuedJob(try JobReference(endpoint: "depot.crate", id: $0), submitted: submission)
        }
        let ids = try await depot.clock.run {
            var ids: [String] = []
            for try await outcome in client.outcomes(of: jobs) { ids.append(outcome.job.id) }
            return ids
        }
        #expect(ids == ["0", "20", "60"])
        #expect(depot.times(of: "0") == [.seconds(10)], "a job that was just submitted isn't asked about at once")
    }

    /// Hands out jobs of the depot, and notes how many were taken.
    private struct Reader: AsyncSequence, AsyncIteratorProtocol, Sendable {
        var jobs: [String]
        var error: DatabaseError?
        let isRead: @Sendable (String) -> Void

        func makeAsyncIterator() -> Self { self }

        mutating func next() async throws -> QueuedJob? {
            guard !jobs.isEmpty else {
                if let error { throw error }
                return nil
            }
            let id = jobs.removeFirst()
            isRead(id)
            return QueuedJob(try JobReference(endpoint: "depot.crate", id: id))
        }
    }

    private struct DatabaseError: Error {}

    @Test func `are read as there is room for them, and slowly where nobody takes outcomes`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let read = Journal<String>()
        let jobs = Reader(jobs: (0..<100).map { "25-\($0)" }, isRead: read.note)
        let (before, after, all) = try await depot.clock.run {
            let batch = client.outcomes(of: jobs, atOnce: 10)
            try await depot.clock.sleep(for: .seconds(100))
            let before = read.entries.count
            var all: Set<String> = []
            for try await outcome in batch {
                all.insert(outcome.job.id)
                guard all.count == 5 else { continue }
                try await depot.clock.sleep(for: .seconds(1))
                break
            }
            return (before, read.entries.count, all.count)
        }
        #expect(before == 10, "ten are done, and nobody has taken them")
        #expect(after <= 15 && after > 10)
        #expect(all == 5)
    }

    @Test func `are all there in the end, whatever the limit`() async throws {
        for limit in [Int.min, 0, 1, 7, Int.max] {
            let depot = Depot()
            let client = try depot.client()
            let jobs = Reader(jobs: (0..<50).map { "15-\($0)" }, isRead: { _ in })
            let ids = try await depot.clock.run {
                var ids: [String] = []
                for try await outcome in client.outcomes(of: jobs, atOnce: limit) { ids.append(outcome.job.id) }
                return ids
            }
            #expect(ids.count == 50 && Set(ids).count == 50, "limit \(limit)")
        }
    }

    @Test func `end with the error of the sequence, after the jobs that came before it`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let jobs = Reader(jobs: ["25", "5"], error: DatabaseError(), isRead: { _ in })
        let ids = await depot.clock.run {
            var ids: [String] = []
            await #expect(throws: DatabaseError.self) {
                for try await outcome in client.outcomes(of: jobs) { ids.append(outcome.job.id) }
            }
            return ids
        }
        #expect(ids == ["5", "25"])
    }

    @Test func `stop being read when the loop is left`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let read = Journal<String>()
        let jobs = Reader(jobs: (0..<100).map { "0-\($0)" }, isRead: read.note)
        try await depot.clock.run {
            for try await _ in client.outcomes(of: jobs, atOnce: 3) { break }
            try await depot.clock.sleep(for: .seconds(100))
        }
        #expect(read.entries.count < 10)
    }

    @Test func `go to one loop, and a second one takes none away`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let jobs = try ["10", "20", "30"].map { QueuedJob(try JobReference(endpoint: "depot.crate", id: $0)) }
        let (first, second) = try await depot.clock.run {
            let batch = client.outcomes(of: jobs)
            async let first = batch.reduce(into: []) { $0.append($1.job.id) }
            try await depot.clock.sleep(for: .seconds(15))
            let second = try await batch.reduce(0) { count, _ in count + 1 }
            return (try await first, second)
        }
        #expect(first == ["10", "20", "30"])
        #expect(second == 0)
    }
}
