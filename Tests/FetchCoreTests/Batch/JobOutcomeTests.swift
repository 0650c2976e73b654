import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Job outcomes") struct JobOutcomeTests {
    /// A transport whose response to an ID says how its job ends.
    private static func harness() -> SchedulingHarness {
        SchedulingHarness { id, _ in
            switch id {
            case "0-failed": FetchResponse(status: 200, body: Data("failed".utf8))
            case "0-refused": FetchResponse(status: 401)
            default: nil
            }
        }
    }

    private func outcomes(_ references: [String]) async throws -> [String: JobOutcome] {
        let harness = Self.harness()
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(60), schedule: .fixed(.seconds(10))))
        let jobs = try references.map { QueuedJob(try JobReference($0)) }
        return try await harness.clock.run {
            try await client.outcomes(of: jobs).reduce(into: [:]) { $0[$1.job.description] = $1 }
        }
    }

    @Test func `an outcome tells apart a job that has succeeded, one that has failed, and one whose state is unknown`()
        async throws
    {
        let outcomes = try await outcomes([
            "test.job:0", "test.job:0-failed", "test.job:0-refused", "test.job:900", "unknown.job:1",
        ])
        #expect(outcomes.count == 5)
        guard case .succeeded(let output)? = outcomes["test.job:0"]?.result else { return #expect(Bool(false)) }
        #expect(output as? String == "output 0")
        guard case .failed(let failed)? = outcomes["test.job:0-failed"]?.result else { return #expect(Bool(false)) }
        #expect(failed.failure == JobFailure(message: "failed"))
        #expect(failed.hasJobEnded)
        let codes: [String: FetchError.Code] = [
            "test.job:0-refused": .unauthorized, "test.job:900": .deadlineExceeded, "unknown.job:1": .unknownEndpoint,
        ]
        for (job, code) in codes {
            guard case .unknown(let error)? = outcomes[job]?.result else { return #expect(Bool(false), "\(job)") }
            #expect(error.code == code)
            #expect(!error.hasJobEnded, "the job may still run")
        }
    }

    @Test func `an error that leaves room for a retry is no failure of the job, even if the job has ended`() {
        var error = FetchError(.serverError, "the output couldn't be loaded")
        error.hasJobEnded = true
        #expect(JobResult(error) == .unknown(error))
        error.isRetryable = false
        #expect(JobResult(error) == .failed(error))
    }

    @Test func `the job has ended for the codes that are about its output, and for no other`() {
        let ending = FetchError.Code.all.filter { FetchError($0, "").hasJobEnded }
        #expect(
            Set(ending) == [.jobFailed, .unusableOutput, .outputExpired, .incompleteOutput, .unexpectedOutput]
        )
    }

    @Test func `an outcome has its requests, its time, its date and the caller's context`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let start = harness.clock.date
        let outcomes = try await harness.clock.run {
            let batch = client.batch()
            try await harness.clock.sleep(for: .seconds(100))
            batch.add(QueuedJob(try JobReference("test.job:125"), context: ["row": 7]))
            batch.add(QueuedJob(try JobReference("test.job:105")))
            batch.add(QueuedJob(try JobReference("unknown.job:1"), context: "a row"))
            batch.finish()
            return try await batch.reduce(into: [:]) { $0[$1.job.id] = $1 }
        }
        let outcome = try #require(outcomes["125"])
        #expect(outcome.requests == 4)
        #expect(outcome.elapsed == .seconds(30))
        #expect(abs(outcome.date.timeIntervalSince(start) - 130) < 0.001)
        #expect(outcome.context?["row"]?.integer == 7)
        #expect(outcomes["105"]?.requests == 2)
        #expect(outcomes["105"]?.context == nil)
        let refused = try #require(outcomes["1"])
        #expect(refused.requests == 0 && refused.elapsed == .zero && refused.context == "a row")
        #expect(abs(refused.date.timeIntervalSince(start) - 100) < 0.001)
    }

    @Test func `the outcome of a deadline has the requests and the time of the wait`() async throws {
        let outcome = try #require(try await outcomes(["test.job:900"])["test.job:900"])
        #expect(outcome.requests >= 6)
        #expect(outcome.elapsed > .seconds(59) && outcome.elapsed <= .seconds(60))
        #expect(outcome.result.error?.lastProgress == JobProgress(message: "pending"))
    }

    @Test func `the context of a cancelled job is not that of the next job with its reference`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:15")
        let contexts = try await harness.clock.run {
            let batch = client.batch()
            batch.add(QueuedJob(job, context: 1))
            batch.add(QueuedJob(job, context: 2))
            batch.cancel(job)
            batch.add(QueuedJob(job))
            batch.finish()
            return try await batch.reduce(into: []) { $0.append($1.context) }
        }
        #expect(contexts == [nil])
    }

    @Test func `the first context of a job that is added twice counts`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        let job = try JobReference("test.job:15")
        let contexts = try await harness.clock.run {
            let batch = client.batch()
            batch.add(QueuedJob(job, context: 1))
            batch.add(QueuedJob(job, context: 2))
            batch.finish()
            return try await batch.reduce(into: []) { $0.append($1.context) }
        }
        #expect(contexts == [1])
    }
}
