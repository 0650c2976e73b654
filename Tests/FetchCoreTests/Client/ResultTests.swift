import FetchCore
import FetchTesting
import Testing

@Suite("Polling results") struct ResultTests {
    @Test func `the result of a failed job is an error with the reason`() async throws {
        let harness = PollingHarness([.pending, .jobFailed])
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(JSONStateEndpoint(), id: 7) }
        }
        #expect(error?.code == .jobFailed)
        #expect(error?.failure == JobFailure(message: "worker crashed"))
        #expect(error?.isRetryable == false)
        #expect(error?.description.hasPrefix("test.job:7: ") == true)
    }

    @Test func `polling by type needs no registration, and polling by name reports an unknown endpoint`() async throws {
        let harness = PollingHarness([.done])
        _ = try await harness.clock.run { try await harness.client.result(JSONStateEndpoint(), id: 7) }
        let job = try JobReference("test.job:7")
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(job) }
        }
        #expect(error?.code == .unknownEndpoint)
        #expect(error?.id == "7")
        #expect(harness.requestTimes.count == 1)
    }
}
