import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Parked jobs") struct ParkedJobTests {
    /// Returns a finished batch with 1,000 outcomes that are not consumed and one more job that is due.
    private func fullBatch(of client: FetchClient, with job: JobReference, _ clock: VirtualClock) async throws
        -> JobBatch
    {
        let batch = client.batch()
        for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("unknown.job:\(number)"))) }
        batch.add(QueuedJob(job))
        batch.finish()
        try await clock.sleep(for: .seconds(1))
        return batch
    }

    @Test func `a parked job is polled when either of its batches has room again`() async throws {
        let job = try JobReference("test.job:0")
        for consumesFirst in [true, false] {
            let harness = SchedulingHarness()
            let client = try harness.client()
            let count = try await harness.clock.run {
                let first = try await self.fullBatch(of: client, with: job, harness.clock)
                let second = try await self.fullBatch(of: client, with: job, harness.clock)
                #expect(harness.requests.isEmpty)
                return try await (consumesFirst ? first : second).reduce(0) { count, _ in count + 1 }
            }
            #expect(count == 1_001)
            #expect(harness.clock.elapsed < .seconds(60))
        }
    }

    @Test func `waking a parked job repeatedly adds no state`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:0")
        let (before, after) = try await harness.clock.run {
            let batch = try await self.fullBatch(of: client, with: job, harness.clock)
            let before = client.schedulerInvariants
            for _ in 0..<1_000 { client.wake(job) }
            return (before, withExtendedLifetime(batch) { client.schedulerInvariants })
        }
        #expect(before == after)
        #expect(harness.requests.isEmpty)
    }

    @Test func `a parked job is not polled for a subscriber without demand`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:500")
        try await harness.clock.run {
            var states = client.updates(job).makeAsyncIterator()
            _ = try await states.next()
            let batch = try await self.fullBatch(of: client, with: job, harness.clock)
            try await harness.clock.sleep(for: .seconds(100))
            #expect(harness.requests.count == 1)
            _ = try await states.next()
            #expect(harness.requests.count == 2)
            withExtendedLifetime(batch) {}
        }
    }

    @Test func `a parked job is removed when it is cancelled`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:0")
        try await harness.clock.run {
            let batch = try await self.fullBatch(of: client, with: job, harness.clock)
            #expect(batch.cancel(job) != nil)
            withExtendedLifetime(batch) {}
        }
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: client.schedulerInvariants.endpoints))
    }

    @Test func `jobs stay parked while the provider's limit is reached`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 2))
        let batch = client.batch()
        try await harness.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("unknown.job:\(number)"))) }
            for number in 0..<3_000 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
            batch.finish()
            var outcomes = batch.makeAsyncIterator()
            for count in 1...2_000 {
                _ = try await outcomes.next()
                guard count.isMultiple(of: 100) else { continue }
                try await harness.clock.sleep(for: .seconds(3))
                // Two requests are in flight, and at most one job is queued.
                #expect(client.schedulerInvariants.awaitedJobs <= 1)
            }
        }
        #expect(harness.requests.count > 900)
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: client.schedulerInvariants.endpoints))
    }

    @Test func `a parked job whose deadline has passed is polled once more`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(60))
        )
        let batch = client.batch()
        try await harness.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("unknown.job:\(number)"))) }
            for number in 0..<20 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
            batch.finish()
            try await harness.clock.sleep(for: .seconds(100))
            let outcomes = try await batch.reduce(into: []) { $0.append($1) }
            #expect(outcomes.count == 1_020)
            for outcome in outcomes where outcome.job.endpoint == "test.job" { _ = try outcome.result.get() }
        }
        #expect(harness.requests.count == 20)
    }

    @Test func `parked jobs are polled in order of their due times when the batch has room`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        try await harness.clock.run {
            for number in 0..<1_000 { batch.add(QueuedJob(try JobReference("unknown.job:\(number)"))) }
            for age in 0..<20 {
                let submitted = Submission(at: harness.clock.date.addingTimeInterval(Double(-age)), eta: .seconds(10))
                batch.add(QueuedJob(try JobReference("test.job:0-\(age)"), submitted: submitted))
            }
            batch.finish()
            try await harness.clock.sleep(for: .seconds(100))
            #expect(harness.requests.isEmpty)
            for try await _ in batch {}
        }
        // The jobs submitted 10 s ago or earlier became due at the same time.
        #expect(harness.requests.map(\.id).suffix(10) == (0..<10).reversed().map { "0-\($0)" })
    }
}
