import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Identical malformed responses") struct IdenticalResponseTests {
    /// Polls a job whose endpoint can't read a response, until it gives up.
    private func end(_ steps: [ScriptedTransport.Step]) async throws -> (error: FetchError, requests: Int) {
        let harness = PollingHarness(steps)
        return (try #require(await harness.poll().fetchError), harness.requestTimes.count)
    }

    @Test(arguments: [#"{"status":"completed"}"#, "<html>It works!</html>", "Warning: oops\n{\"state\":\"done\"}", ""])
    func `the same malformed response six times in a row is a permanent error that says so`(body: String) async throws {
        let (error, requests) = try await end([.json(body)])
        #expect(error.code == .malformedResponse)
        #expect(!error.isRetryable)
        #expect(requests == 6)
        #expect(error.message.contains("6 requests in a row got this response"))
        #expect(error.remedy != nil)
        #expect(error.description.contains("Retrying will not help."))
    }

    @Test func `a finished job without its link for ever is a permanent error`() async throws {
        let harness = PollingHarness([.json(#"{"status":"completed","url":null}"#)])
        let endpoint = LinkEndpoint()
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(endpoint, id: 7) }
        }
        #expect(error?.isRetryable == false)
        #expect(error?.message.hasPrefix("the job is completed, but has no url; it begins") == true)
        #expect(harness.requestTimes.count == 6)
    }

    @Test func `different malformed responses are transient up to the policy's limit`() async throws {
        let steps = (0..<21).map { ScriptedTransport.Step.json(#"{"attempt":\#($0)}"#) }
        let (error, requests) = try await end(steps)
        #expect(error.isRetryable)
        #expect(requests == 21)
    }

    @Test func `another error in between begins a new row`() async throws {
        let row = Array(repeating: ScriptedTransport.Step.json("{}"), count: 5)
        let harness = PollingHarness(row + [.status(503)] + row + [.done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `a response about the job in between begins a new row`() async throws {
        let row = Array(repeating: ScriptedTransport.Step.json("{}"), count: 5)
        let harness = PollingHarness(row + [.pending] + row + [.done])
        #expect(await harness.poll().output == "output")
    }

    @Test func `identical errors of another kind are transient`() async throws {
        let harness = PollingHarness(Array(repeating: .status(503), count: 12) + [.done])
        #expect(await harness.poll().output == "output")
    }
}

/// An endpoint whose finished jobs have a link.
private struct LinkEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.link"
    let provider: ProviderID = "test"
    let baseURL = URL(string: "https://test.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "links/{id}"
    let authorization = Authorization.none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        let body: JSONValue = try response.json()
        guard body["status"]?.string == "completed" else { return .pending }
        guard let link = body["url"]?.string else {
            throw response.malformedResponseError("the job is completed, but has no url")
        }
        return .succeeded(link)
    }
}
