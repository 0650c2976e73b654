import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Expired outputs") struct ExpiredOutputTests {
    private static let missing = ScriptedTransport.Step.json(#"{"error":"no such file"}"#, status: 404)
    private static let exchange = [ScriptedTransport.Step.followUp, missing]

    @Test func `a finished job whose output is never found has an expired output, and is not an unknown job`()
        async throws
    {
        let harness = PollingHarness((0..<100).flatMap { _ in Self.exchange })
        let run = await harness.poll()
        let error = try #require(run.fetchError)
        #expect(error.code == .outputExpired)
        #expect(!error.isRetryable)
        #expect(error.httpStatus == 404)
        #expect(error.message.hasPrefix("the job is done, but the server doesn't have its output: “{"))
        #expect(error.message.contains("no such file"))
        #expect(error.remedy?.contains("expired") == true)
        #expect(!error.description.contains("doesn't know the job"))
        #expect(error.errorDescription == "The job's output has expired.")
        #expect(run.end >= .seconds(90) && run.end <= .seconds(150), "the grace for what isn't found yet")
    }

    @Test func `an output that appears within the grace is delivered`() async throws {
        let harness = PollingHarness(Self.exchange + Self.exchange + [.followUp, .done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `an output that is gone ends polling at once`() async throws {
        let harness = PollingHarness([.followUp, .status(410)])
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .outputExpired)
        #expect(!error.isRetryable)
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `for an old job the first missing output is final`() async throws {
        let harness = PollingHarness(Self.exchange)
        let submission = Submission(at: harness.clock.date.addingTimeInterval(-7_200))
        #expect(await harness.poll(submitted: submission).fetchError?.code == .outputExpired)
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `a job that isn't found itself is still an unknown job`() async throws {
        #expect(await PollingHarness([Self.missing]).poll().fetchError?.code == .jobNotFound)
    }

    @Test func `a job that ended as expired says that its output was removed`() async throws {
        var error = FetchError(.jobFailed, "the job ended")
        error.failure = JobFailure(.expired)
        #expect(error.errorDescription == "The job or its output has expired.")
        let harness = PollingHarness([.done])
        let endpoint = RemovedEndpoint()
        let thrown = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(endpoint, id: 7) }
        }
        #expect(thrown?.message.contains("the provider has removed the job or its output") == true)
    }
}

/// An endpoint whose jobs have ended long ago.
private struct RemovedEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.removed"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "removed/{id}"
    let authorization = Authorization.none

    func answer(to id: Int, from response: FetchResponse) -> FetchAnswer<String> { .failed(JobFailure(.expired)) }
}
