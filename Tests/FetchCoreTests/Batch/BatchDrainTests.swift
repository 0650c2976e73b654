import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Drained batches") struct BatchDrainTests {
    private let nothing = SchedulerInvariants(endpoints: 1)

    @Test func `a drained batch delivers the outcomes that are there and ends, and the rest is in the snapshot`()
        async throws
    {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let batch = client.batch()
        let (snapshot, outcomes) = try await harness.clock.run {
            for id in ["0", "5", "100", "200"] { batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id))) }
            try await harness.clock.sleep(for: .seconds(34))
            #expect(batch.count == 2)
            let snapshot = batch.drain()
            #expect(batch.count == 0)
            batch.add(QueuedJob(try JobReference("test.job:7")))
            #expect(client.schedulerInvariants == nothing)
            return (snapshot, try await batch.reduce(into: []) { $0.append($1.job.id) })
        }
        #expect(outcomes == ["0", "5"])
        #expect(snapshot.jobs.map(\.job.id) == ["100", "200"])
        let requests = harness.requests.count
        try await harness.clock.run { try await harness.clock.sleep(for: .seconds(600)) }
        #expect(harness.requests.count == requests)
    }

    @Test func `a loop that waits for an outcome ends when its batch is drained`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let (ids, end) = try await harness.clock.run {
            batch.add(QueuedJob(try JobReference("test.job:0")))
            batch.add(QueuedJob(try JobReference("test.job:500")))
            async let ids = batch.reduce(into: []) { $0.append($1.job.id) }
            try await harness.clock.sleep(for: .seconds(15))
            batch.drain()
            return (try await ids, harness.clock.elapsed)
        }
        #expect(ids == ["0"])
        #expect(end == .seconds(15))
    }

    @Test func `draining cancels the requests in flight, and their jobs are in the snapshot`() async throws {
        let harness = SchedulingHarness(latency: .seconds(5))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 3))
        let batch = client.batch()
        let snapshot = try await harness.clock.run {
            for number in 0..<10 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
            try await harness.clock.sleep(for: .seconds(2))
            #expect(client.schedulerInvariants.requestsInFlight == 3)
            let snapshot = batch.drain()
            #expect(client.schedulerInvariants == nothing)
            #expect(try await batch.first { _ in true } == nil)
            return snapshot
        }
        #expect(Set(snapshot.jobs.map(\.job.id)) == Set((0..<10).map { "0-\($0)" }))
        #expect(snapshot.jobs.count { $0.lastRequest != nil } == 3)
    }

    @Test func `a drained job that another subscription waits for is polled on for that one`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let batch = client.batch()
        let output = try await harness.clock.run {
            batch.add(QueuedJob(try JobReference("test.job:45")))
            async let output = client.result(TextStateEndpoint(), id: "45")
            try await harness.clock.sleep(for: .seconds(12))
            #expect(batch.drain().jobs.count == 1)
            return try await output
        }
        #expect(output == "output 45")
    }

    @Test func `each job has an outcome or is in the snapshot, never both, whenever a batch is drained`() async throws {
        for time in stride(from: 0, through: 40, by: 1.7) {
            let harness = SchedulingHarness(latency: .milliseconds(300))
            let client = try harness.client(limits: FetchLimits(requestsInFlight: 7))
            let batch = client.batch()
            let (waiting, ended) = try await harness.clock.run {
                for number in 0..<200 { batch.add(QueuedJob(try JobReference("test.job:\(number % 30)-\(number)"))) }
                async let ended = batch.reduce(into: []) { $0.append($1.job.id) }
                try await harness.clock.sleep(for: .seconds(time))
                let waiting = batch.drain().jobs.map(\.job.id)
                return (waiting, try await ended)
            }
            #expect(waiting.count + ended.count == 200, "drained after \(time) s")
            #expect(Set(waiting + ended).count == 200, "drained after \(time) s")
        }
    }

    @Test func `draining stops the reading of a sequence`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let (jobs, source) = AsyncStream.makeStream(of: QueuedJob.self)
        let batch = client.outcomes(of: jobs)
        let ids = try await harness.clock.run {
            source.yield(QueuedJob(try JobReference("test.job:0")))
            source.yield(QueuedJob(try JobReference("test.job:500")))
            try await harness.clock.sleep(for: .seconds(1))
            #expect(batch.drain().jobs.map(\.job.id) == ["500"])
            source.yield(QueuedJob(try JobReference("test.job:600")))
            return try await batch.reduce(into: []) { $0.append($1.job.id) }
        }
        #expect(ids == ["0"])
        #expect(client.schedulerInvariants == nothing)
    }

    @Test func `a batch can be drained twice, and after its loop was left`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        try await harness.clock.run {
            for id in ["0", "500"] { batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id))) }
            for try await _ in batch { break }
            #expect(batch.drain().jobs.isEmpty, "the loop has ended the waits")
            #expect(batch.drain().jobs.isEmpty)
            #expect(batch.count == 0)
        }
    }
}
