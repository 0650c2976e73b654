import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A job that is held for a full batch` {
    /// A batch with a thousand outcomes that nobody has taken, and one more job, which is due.
    private func fullBatch(of client: FetchClient, with job: JobReference, _ clock: VirtualClock) async throws
        -> JobBatch
    {
        let batch = client.batch()
        for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("nowhere.crate:\(number)"))) }
        batch.add(QueuedJob(job))
        batch.finish()
        try await clock.sleep(for: .seconds(1))
        return batch
    }

    @Test func `is let go by whichever batch has room again`() async throws {
        let job = try JobReference("depot.crate:0")
        for takesFirst in [true, false] {
            let depot = Depot()
            let client = try depot.client()
            let count = try await depot.clock.run {
                let first = try await self.fullBatch(of: client, with: job, depot.clock)
                let second = try await self.fullBatch(of: client, with: job, depot.clock)
                #expect(depot.requests.isEmpty)
                return try await (takesFirst ? first : second).reduce(0) { count, _ in count + 1 }
            }
            #expect(count == 1_001)
            #expect(depot.clock.elapsed < .seconds(60))
        }
    }

    @Test func `costs no more for being woken again and again`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let job = try JobReference("depot.crate:0")
        let (before, after) = try await depot.clock.run {
            let batch = try await self.fullBatch(of: client, with: job, depot.clock)
            let before = client.backlog
            for _ in 0..<1_000 { client.wake(job) }
            return (before, withExtendedLifetime(batch) { client.backlog })
        }
        #expect(before == after)
        #expect(depot.requests.isEmpty)
    }

    @Test func `isn't asked about for those who look away`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let job = try JobReference("depot.crate:500")
        try await depot.clock.run {
            var states = client.updates(job).makeAsyncIterator()
            _ = try await states.next()
            let batch = try await self.fullBatch(of: client, with: job, depot.clock)
            try await depot.clock.sleep(for: .seconds(100))
            #expect(depot.requests.count == 1)
            _ = try await states.next()
            #expect(depot.requests.count == 2)
            withExtendedLifetime(batch) {}
        }
    }

    @Test func `is forgotten when it is cancelled`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let job = try JobReference("depot.crate:0")
        try await depot.clock.run {
            let batch = try await self.fullBatch(of: client, with: job, depot.clock)
            #expect(batch.cancel(job))
            withExtendedLifetime(batch) {}
        }
        #expect(client.backlog == Backlog(endpoints: client.backlog.endpoints))
    }

    @Test func `stays held while there is no room for its request`() async throws {
        let depot = Depot(latency: .seconds(1))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 2))
        let batch = client.batch()
        try await depot.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("nowhere.crate:\(number)"))) }
            for number in 0..<3_000 { batch.add(QueuedJob(try JobReference("depot.crate:0-\(number)"))) }
            batch.finish()
            var outcomes = batch.makeAsyncIterator()
            for taken in 1...2_000 {
                _ = try await outcomes.next()
                guard taken.isMultiple(of: 100) else { continue }
                try await depot.clock.sleep(for: .seconds(3))
                // Two are asked about, and at most one stands in line.
                #expect(client.backlog.awaited <= 1)
            }
        }
        #expect(depot.requests.count > 900)
        #expect(client.backlog == Backlog(endpoints: client.backlog.endpoints))
    }

    @Test func `is asked about once more when its deadline has passed meanwhile`() async throws {
        let depot = Depot(latency: .seconds(1))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(60))
        )
        let batch = client.batch()
        try await depot.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("nowhere.crate:\(number)"))) }
            for number in 0..<20 { batch.add(QueuedJob(try JobReference("depot.crate:0-\(number)"))) }
            batch.finish()
            try await depot.clock.sleep(for: .seconds(100))
            let outcomes = try await batch.reduce(into: []) { $0.append($1) }
            #expect(outcomes.count == 1_020)
            for outcome in outcomes where outcome.job.endpoint == "depot.crate" { _ = try outcome.result.get() }
        }
        #expect(depot.requests.count == 20)
    }

    @Test func `is served in its turn when the batch has room`() async throws {
        let depot = Depot()
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        try await depot.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("nowhere.crate:\(number)"))) }
            for age in 0..<20 {
                let submitted = Submission(at: depot.clock.date.addingTimeInterval(Double(-age)), eta: .seconds(10))
                batch.add(QueuedJob(try JobReference("depot.crate:0-\(age)"), submitted: submitted))
            }
            batch.finish()
            try await depot.clock.sleep(for: .seconds(100))
            #expect(depot.requests.isEmpty)
            for try await _ in batch {}
        }
        // Those of ten seconds and more were due together.
        #expect(depot.requests.map(\.id).suffix(10) == (0..<10).reversed().map { "0-\($0)" })
    }
}
