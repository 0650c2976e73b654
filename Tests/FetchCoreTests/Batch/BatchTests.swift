import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Job batches") struct BatchTests {
    @Test func `a batch delivers outcomes in order of completion, whatever the order of addition`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let outcomes = try await harness.clock.run {
            for id in ["90", "5", "30", "0"] { batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id))) }
            batch.finish()
            var outcomes: [(String, Duration)] = []
            for try await outcome in batch { outcomes.append((outcome.job.id, harness.clock.elapsed)) }
            return outcomes
        }
        #expect(outcomes.map(\.0) == ["0", "5", "30", "90"])
        #expect(outcomes.map(\.1) == [0, 10, 30, 90].map { .seconds($0) })
    }

    @Test func `a batch accepts jobs while it runs, and ends once it is finished and empty`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let ids = try await harness.clock.run {
            batch.add(QueuedJob(try JobReference("test.job:0")))
            var ids: [String] = []
            for try await outcome in batch {
                ids.append(outcome.job.id)
                if ids.count < 4 { batch.add(QueuedJob(try JobReference("test.job:\(ids.count * 50)"))) }
                if ids.count == 4 { batch.finish() }
            }
            return ids
        }
        #expect(ids == ["0", "50", "100", "150"])
        #expect(batch.count == 0)
        batch.add(QueuedJob(try JobReference("test.job:7")))
        #expect(batch.count == 0, "a finished batch accepts no job")
    }

    @Test func `each failure is delivered with its own job`() async throws {
        let harness = SchedulingHarness { id, _ in
            switch id {
            case "0-failed": FetchResponse(status: 200, body: Data("failed".utf8))
            case "0-secret": FetchResponse(status: 401)
            default: nil
            }
        }
        let batch = try harness.client(policy: PollingPolicy(deadline: .seconds(60))).batch()
        let codes = try await harness.clock.run {
            for reference in [
                "test.job:0-failed", "test.job:0-secret", "unknown.job:1", "test.job:900", "test.job:0",
            ] {
                batch.add(QueuedJob(try JobReference(reference)))
            }
            batch.finish()
            var codes: [String: FetchError.Code?] = [:]
            for try await outcome in batch {
                if let error = outcome.result.error {
                    #expect(error.endpoint == outcome.job.endpoint && error.id == outcome.job.id)
                    codes[outcome.job.description] = error.code
                } else {
                    codes[outcome.job.description] = .some(nil)
                }
            }
            return codes
        }
        #expect(
            codes == [
                "test.job:0-failed": .jobFailed, "test.job:0-secret": .unauthorized,
                "unknown.job:1": .unknownEndpoint, "test.job:900": .deadlineExceeded, "test.job:0": nil,
            ]
        )
    }

    @Test func `a job added several times is polled once`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let count = try await harness.clock.run {
            for _ in 0..<10 { batch.add(QueuedJob(try JobReference("test.job:25"))) }
            #expect(batch.count == 1)
            batch.finish()
            var count = 0
            for try await _ in batch { count += 1 }
            return count
        }
        #expect(count == 1)
        #expect(harness.requests.count == 4)
    }

    @Test func `a cancelled job has no outcome and is not polled again`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let jobs = try (0..<10).map { try JobReference("test.job:50-\($0)") }
        let outcomes = try await harness.clock.run {
            for job in jobs { batch.add(QueuedJob(job)) }
            batch.finish()
            try await harness.clock.sleep(for: .seconds(15))
            for job in jobs.prefix(5) { #expect(batch.cancel(job) != nil) }
            #expect(batch.cancel(jobs[0]) == nil, "a job can be cancelled once")
            var outcomes: Set<String> = []
            for try await outcome in batch { outcomes.insert(outcome.job.id) }
            return outcomes
        }
        #expect(outcomes == Set(jobs.suffix(5).map(\.id)))
        #expect(harness.times(of: "50-0").last == .seconds(10))
    }

    @Test func `another batch goes on with the wait of a cancelled job`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let (first, second) = (client.batch(), client.batch())
        let job = try JobReference("test.job:50")
        try await harness.clock.run {
            first.add(QueuedJob(job, context: "note"))
            try await harness.clock.sleep(for: .seconds(12))
            let wait = try #require(first.cancel(job))
            #expect(wait.context == "note" && wait.requests == 2)
            second.add(wait)
            second.finish()
            for try await outcome in second { #expect(outcome.context == "note") }
        }
        let times = harness.times(of: "50")
        #expect(times.count == 6)
        #expect(zip(times, times.dropFirst()).allSatisfy { abs(($1 - $0).seconds - 10) < 0.001 })
    }

    @Test func `a batch ends when its last job is cancelled`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let job = try JobReference("test.job:900")
        let isOver = try await harness.clock.run {
            batch.add(QueuedJob(job))
            batch.finish()
            async let next = batch.first { _ in true }
            try await harness.clock.sleep(for: .seconds(15))
            batch.cancel(job)
            return try await next == nil
        }
        #expect(isOver)
    }

    @Test func `no request is sent after the loop is left or its task is cancelled`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let jobs = try [0, 400, 500].map { try JobReference("test.job:\($0)") }
        try await harness.clock.run {
            let abandoned = client.batch()
            for job in jobs { abandoned.add(QueuedJob(job)) }
            for try await _ in abandoned { break }
            let count = harness.requests.count
            try await harness.clock.sleep(for: .seconds(600))
            #expect(harness.requests.count == count)

            let error = await harness.cancelling(after: .seconds(45)) {
                let batch = client.batch()
                for job in jobs { batch.add(QueuedJob(try JobReference("other.job:\(job.id)00"))) }
                for try await _ in batch {}
            }
            #expect(error is CancellationError)
            let after = harness.requests.count
            try await harness.clock.sleep(for: .seconds(600))
            #expect(harness.requests.count == after)
        }
    }

    @Test func `a second loop over a batch ends at once`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        let isOver = try await harness.clock.run {
            for id in ["0", "500"] { batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id))) }
            for try await _ in batch { break }
            return try await batch.first { _ in true } == nil
        }
        #expect(isOver)
    }

    @Test func `a batch whose outcomes are not consumed stops polling`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 10))
        let batch = client.batch()
        let (requestsWhileFull, outcomes) = try await harness.clock.run {
            for number in 0..<5_000 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
            batch.finish()
            try await harness.clock.sleep(for: .seconds(60))
            let requestsWhileFull = harness.requests.count
            var outcomes = 0
            for try await outcome in batch {
                outcomes += 1
                #expect(throws: Never.self) { try outcome.result.get() }
            }
            return (requestsWhileFull, outcomes)
        }
        #expect(requestsWhileFull >= 1_000 && requestsWhileFull <= 1_010)
        #expect(outcomes == 5_000)
        #expect(harness.requests.count == 5_000)
    }

    @Test func `20,000 jobs of an unknown endpoint have an error each, and no request is sent`() async throws {
        let harness = SchedulingHarness()
        let batch = try harness.client().batch()
        for number in 0..<20_000 { batch.add(QueuedJob(try JobReference("unknown.job:\(number)"))) }
        batch.finish()
        let ids = try await harness.clock.run {
            var ids: Set<String> = []
            for try await outcome in batch {
                guard case .unknown(let error) = outcome.result, error.code == .unknownEndpoint else { continue }
                if error.id == outcome.job.id { ids.insert(outcome.job.id) }
            }
            return ids
        }
        #expect(ids.count == 20_000)
        #expect(harness.requests.isEmpty)
    }

    @Test func `a batch that its loop has left waits for no job`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let batch = client.batch()
        let (left, added) = try await harness.clock.run {
            for number in 0..<3_000 { batch.add(QueuedJob(try JobReference("test.job:\(number)-\(number)"))) }
            var outcomes = 0
            for try await _ in batch {
                outcomes += 1
                if outcomes == 44 { break }
            }
            let left = batch.count
            for number in 0..<100 { batch.add(QueuedJob(try JobReference("test.job:900-\(number)"))) }
            return (left, batch.count)
        }
        #expect(left == 0 && added == 0)
        #expect(client.schedulerInvariants == SchedulerInvariants(endpoints: 1))
    }

    @Test func `a job that is added while the loop is left isn't counted`() async throws {
        let harness = SchedulingHarness()
        let shared = Mutex<JobBatch?>(nil)
        let client = try harness.client(wallClock: {
            // The loop ends while the job is being added.
            _ = shared.withLock { $0 }?.makeAsyncIterator()
            return harness.clock.date
        })
        let batch = client.batch()
        shared.withLock { $0 = batch }
        batch.add(QueuedJob(try JobReference("test.job:0"), submitted: Submission(at: harness.clock.date)))
        #expect(batch.count == 0)
        shared.withLock { $0 = nil }
    }

    @Test func `a job that can't be polled and is added several times has one outcome at a time`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("unknown.job:1")
        let count = try await harness.clock.run {
            let batch = client.batch()
            for _ in 0..<10 { batch.add(QueuedJob(job)) }
            var count = 0
            for try await outcome in batch {
                #expect(outcome.job == job)
                count += 1
                // Its outcome was taken, so it has ended, and can be added again.
                if count == 1 { batch.add(QueuedJob(job)) } else { batch.finish() }
            }
            return count
        }
        #expect(count == 2)
    }
}
