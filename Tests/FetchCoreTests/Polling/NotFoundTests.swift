import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Not-found grace period") struct NotFoundTests {
    private let policy = PollingPolicy(notFoundGrace: .seconds(30))

    @Test func `a 404 for a new job is retried`() async throws {
        let harness = PollingHarness([.status(404), .status(404), .pending, .done], policy: policy)
        #expect(await harness.poll().output == "output")
    }

    @Test func `the grace period counts from the first request without a submission`() async throws {
        let harness = PollingHarness([.status(404)], policy: policy)
        let run = await harness.poll()
        let error = try #require(run.fetchError)
        #expect(error.code == .jobNotFound)
        #expect(!error.isRetryable)
        #expect(run.end >= .seconds(30))
        #expect(run.end <= .seconds(60))
    }

    @Test func `the grace period counts from the submission, even if polling started later`() async throws {
        let harness = PollingHarness([.status(404)], policy: policy)
        let submission = Submission(at: harness.clock.date.addingTimeInterval(-20))
        let run = await harness.poll(submitted: submission)
        #expect(run.fetchError?.code == .jobNotFound)
        #expect(run.end >= .seconds(10) && run.end < .seconds(30))
    }

    @Test func `a 404 ends polling at once for a job submitted before the grace period`() async throws {
        let harness = PollingHarness([.status(404)], policy: policy)
        let run = await harness.poll(submitted: Submission(at: harness.clock.date.addingTimeInterval(-3_600)))
        #expect(run.fetchError?.code == .jobNotFound)
        #expect(harness.requestTimes == [.zero])
    }

    @Test func `the grace period starts again at the last response about the job`() async throws {
        let script: [ScriptedTransport.Step] = [
            .pending(retryAfter: 50), .pending(retryAfter: 1), .status(404), .status(404), .done,
        ]
        let harness = PollingHarness(script, policy: policy)
        let run = await harness.poll(submitted: Submission(at: harness.clock.date.addingTimeInterval(-3_600)))
        #expect(run.output == "output")
    }

    @Test func `a job that stays missing after a response about it ends polling`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 50), .pending(retryAfter: 1), .status(404)], policy: policy)
        let run = await harness.poll()
        #expect(run.fetchError?.code == .jobNotFound)
        #expect(run.fetchError?.lastProgress != nil)
        #expect(run.end >= .seconds(80))
    }

    @Test func `a 404 does not count as a tolerated error`() async throws {
        let policy = PollingPolicy(maximumGap: .seconds(1), toleratedErrors: 0, notFoundGrace: .seconds(30))
        let harness = PollingHarness(Array(repeating: .status(404), count: 20) + [.done], policy: policy)
        #expect(await harness.poll().output == "output")
    }

    @Test(arguments: [Duration.zero, .seconds(-5), .seconds(Int64.min)])
    func `a 404 is final without a grace period`(grace: Duration) async throws {
        let harness = PollingHarness([.status(404), .done], policy: PollingPolicy(notFoundGrace: grace))
        #expect(await harness.poll().fetchError?.code == .jobNotFound)
        #expect(harness.requestTimes == [.zero])
    }

    @Test func `a 404 within an endless grace period is the last error at the deadline`() async throws {
        let policy = PollingPolicy(deadline: .seconds(120), notFoundGrace: .seconds(Int64.max))
        let error = try #require(await PollingHarness([.status(404)], policy: policy).poll().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastProgress == nil)
        #expect(error.lastError?.code == .jobNotFound)
    }

    @Test func `Retry-After on a 404 is followed`() async throws {
        let harness = PollingHarness([.status(404, headers: ["Retry-After": "9"]), .done], policy: policy)
        _ = await harness.poll()
        #expect(harness.gaps == [.seconds(9)])
    }
}
