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

    @Test(arguments: [404, 500, 502])
    func `an error page instead of a result is retried from the first request`(status: Int) async throws {
        let page = FetchResponse(status: status, body: Data("<html>gone</html>".utf8))
        let harness = PollingHarness([.followUp, .response(page), .followUp, .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.requestURLs.map(\.path) == ["/v1/jobs/7", "/v1/results/7", "/v1/jobs/7", "/v1/results/7"])
    }

    @Test func `a lost follow-up request is a transient error`() async throws {
        let harness = PollingHarness([.followUp, .connectionLost, .followUp, .done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `an endless chain of follow-up requests ends with an error`() async throws {
        let harness = PollingHarness([.followUp])
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .malformedEndpoint)
        #expect(!error.isRetryable)
        #expect(harness.requestTimes.count < 100)
    }

    @Test func `a follow-up request shares the request timeout with the first request`() async throws {
        let harness = PollingHarness([.followUp.after(.seconds(6)), .done.after(.seconds(6))])
        var client = harness.client
        client.policy.requestTimeout = .seconds(10)
        let fetchClient = client
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await fetchClient.fetch(JSONStateEndpoint(), id: 7) }
        }
        #expect(error?.code == .requestTimeout)
        #expect(harness.clock.elapsed == .seconds(10))
        #expect(error?.message.contains("10 s") == true)
    }
}
