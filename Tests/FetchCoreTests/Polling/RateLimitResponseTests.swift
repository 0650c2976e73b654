import FetchCore
import FetchTesting
import Testing

@Suite("Polling after 429 responses") struct RateLimitResponseTests {
    @Test func `a 429 does not count as a tolerated error`() async throws {
        let script = Array(repeating: ScriptedTransport.Step.status(429, headers: ["Retry-After": "5"]), count: 30)
        let harness = PollingHarness(script + [.done], policy: PollingPolicy(toleratedErrors: 0))
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps.allSatisfy { $0 == .seconds(5) })
    }

    @Test func `the last 429 is the last error at the deadline`() async throws {
        let error = try #require(await PollingHarness([.status(429)]).poll().fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.lastError?.code == .rateLimited)
    }

    @Test func `a rate limit that an endpoint declares permanent ends polling`() async throws {
        let step = ScriptedTransport.Step.failure(
            FetchError(.rateLimited, "monthly quota exceeded", isRetryable: false)
        )
        let harness = PollingHarness([step, .done])
        #expect(await harness.poll().fetchError?.code == .rateLimited)
        #expect(harness.requestTimes.count == 1)
    }
}
