import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Follow-up requests during polling") struct FollowUpPollingTests {
    @Test func `a follow-up request and its first request give one update`() async throws {
        let harness = PollingHarness([.pending, .followUp, .done])
        let run = await harness.poll()
        #expect(run.output == "output")
        #expect(run.updates.map(\.requests) == [1, 2])
        #expect(harness.requestURLs.map(\.path) == ["/v1/jobs/7", "/v1/jobs/7", "/v1/results/7"])
        #expect(harness.gaps.last == .zero)
    }

    @Test func `the response to a follow-up request may be pending`() async throws {
        let harness = PollingHarness([.followUp, .pending(retryAfter: 9), .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps == [.zero, .seconds(9)])
    }

    @Test func `the response to a follow-up request may be a failure`() async throws {
        let run = await PollingHarness([.followUp, .jobFailed]).poll()
        guard case .failed(let failure)? = run.updates.last?.state else {
            Issue.record("The job did not fail.")
            return
        }
        #expect(failure.message == "worker crashed")
    }

    @Test func `a result that isn't found is retried from the first request`() async throws {
        let page = FetchResponse(status: 404, body: Data("<html>gone</html>".utf8))
        let harness = PollingHarness([.followUp, .response(page), .followUp, .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.requestURLs.map(\.path) == ["/v1/jobs/7", "/v1/results/7", "/v1/jobs/7", "/v1/results/7"])
    }

    @Test func `a lost follow-up request is a transient error`() async throws {
        let harness = PollingHarness([.followUp, .connectionLost, .done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `an endless chain of follow-up requests ends with an error`() async throws {
        let harness = PollingHarness([.followUp])
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .malformedEndpoint)
        #expect(!error.isRetryable)
        #expect(harness.requestTimes.count < 100)
    }

}
