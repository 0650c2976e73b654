import FetchCore
import FetchTesting
import Testing

@Suite("Servers that always fail") struct FailingServerTests {
    @Test func `the deadline error says what the server responded, and how often`() async throws {
        let harness = PollingHarness([.status(500)], policy: PollingPolicy(deadline: .seconds(60)))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .deadlineExceeded)
        let requests = harness.requestTimes.count
        #expect(requests > 2)
        #expect(
            error.message == "no response within 60 s contained the job's state; "
                + "the server responded to the last \(requests) requests with HTTP 500"
        )
        #expect(error.remedy == "Try again later, or look at the provider's status page.")
        #expect(error.lastError?.code == .serverError)
    }

    @Test func `only the last responses of one kind are counted`() async throws {
        let policy = PollingPolicy(deadline: .seconds(60))
        let harness = PollingHarness([.status(503), .connectionLost, .status(500)], policy: policy)
        let error = try #require(await harness.poll().fetchError)
        let last = harness.requestTimes.count - 2
        #expect(error.message.hasSuffix("the server responded to the last \(last) requests with HTTP 500"))
    }

    @Test func `a job that was pending before says so as well`() async throws {
        let policy = PollingPolicy(deadline: .seconds(60))
        let harness = PollingHarness([.pending, .status(502)], policy: policy)
        let error = try #require(await harness.poll().fetchError)
        let last = harness.requestTimes.count - 1
        #expect(
            error.message == "the job wasn't ready within 60 s; it was still pending; "
                + "the server responded to the last \(last) requests with HTTP 502"
        )
    }

    @Test func `a server that can't be reached has the advice to check that`() async throws {
        let harness = PollingHarness([.connectionLost], policy: PollingPolicy(deadline: .seconds(60)))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.remedy == "Check that the server can be reached, or wait longer.")
    }
}
