import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("End of subscriptions") struct UnsubscribeTests {
    private let nothing = SchedulerInvariants(endpoints: 1)

    @Test func `cancelling a batch of 10,000 jobs ends it at once, and no further request is sent`() async throws {
        let harness = SchedulingHarness(latency: .seconds(5))
        let client = try harness.client()
        try await harness.clock.run {
            let error = await harness.cancelling(after: .seconds(2)) {
                let batch = client.batch()
                for number in 0..<10_000 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
                for try await _ in batch {}
            }
            #expect(error is CancellationError)
            #expect(client.schedulerInvariants == nothing)
            try await harness.clock.sleep(for: .seconds(600))
        }
        #expect(harness.requests.count == 32)
        #expect(client.statistics["test.job"]?.requests == 32)
    }

    @Test func `cancelling 10,000 single subscriptions ends them at once, and no further request is sent`() async throws
    {
        let harness = SchedulingHarness(latency: .seconds(5))
        let client = try harness.client()
        await harness.clock.run {
            await withTaskGroup { group in
                for number in 0..<10_000 {
                    group.addTask { _ = try? await client.result(TextStateEndpoint(), id: "0-\(number)") }
                }
                try? await harness.clock.sleep(for: .seconds(2))
                group.cancelAll()
            }
            #expect(client.schedulerInvariants == nothing)
            try? await harness.clock.sleep(for: .seconds(600))
        }
        #expect(harness.requests.count == 32)
        #expect(client.statistics["test.job"]?.requests == 32)
    }

    @Test func `ending one batch does not affect the jobs of others`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        try await harness.clock.run {
            let kept = client.batch()
            for number in 0..<10 { kept.add(QueuedJob(try JobReference("test.job:30-\(number)"))) }
            kept.finish()
            for round in 0..<50 {
                let abandoned = client.batch()
                for number in 0..<10 {
                    abandoned.add(QueuedJob(try JobReference("test.job:30-\(number + round % 10)")))
                }
            }
            #expect(client.schedulerInvariants.jobs == 10 && client.schedulerInvariants.subscriptions == 10)
            var count = 0
            for try await _ in kept { count += 1 }
            #expect(count == 10)
        }
        #expect(client.schedulerInvariants == nothing)
    }

    @Test func `a job added while its batch ends is not polled`() async throws {
        let harness = SchedulingHarness()
        let batch = Mutex<JobBatch?>(nil)
        let client = try harness.client(wallClock: {
            // The batch ends while the job is being added.
            let batch = batch.withLock { $0 }
            _ = batch.map { BatchLoop.startAndEnd($0) }
            return harness.clock.date
        })
        batch.withLock { $0 = client.batch() }
        try await harness.clock.run {
            let job = try JobReference("test.job:0")
            batch.withLock { $0 }?.add(QueuedJob(job, submitted: Submission(at: harness.clock.date)))
            #expect(client.schedulerInvariants == nothing)
            try await harness.clock.sleep(for: .seconds(100))
        }
        batch.withLock { $0 = nil }
        #expect(harness.requests.isEmpty)
    }

    private enum BatchLoop {
        /// Creates an iterator and releases it at once, which ends the batch.
        static func startAndEnd(_ batch: JobBatch) { _ = batch.makeAsyncIterator() }
    }

    @Test func `cancelled subscriptions leave no timers, however late these would have fired`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        try await harness.clock.run {
            let submission = Submission(at: harness.clock.date, eta: .seconds(3000))
            async let kept = client.result(TextStateEndpoint(), id: "20")
            for number in 0..<1_000 {
                let error = await harness.cancelling(after: .milliseconds(1)) {
                    try await client.result(TextStateEndpoint(), id: "\(number)-0", submitted: submission)
                }
                #expect(error is CancellationError)
            }
            #expect(client.schedulerInvariants.entries < 100)
            _ = try await kept
        }
        #expect(client.schedulerInvariants == nothing)
    }
}
