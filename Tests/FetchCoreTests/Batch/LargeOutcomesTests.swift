import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Large outcomes of a batch") struct LargeOutcomesTests {
    /// An endpoint whose output is the file in the response.
    private struct FileEndpoint: FetchEndpoint, Hashable {
        let name: EndpointName = "test.file"
        let provider: ProviderID = "test"
        let baseURL = URL(string: "https://test.example/v1")!
        let method = RequestMethod.post
        let path: PathTemplate = "files/{id}"
        let authorization = Authorization.none

        func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
            .succeeded(try Artifact(response))
        }
    }

    /// An endpoint whose output has a text that is no artifact.
    private struct TextEndpoint: FetchEndpoint, Hashable {
        struct Output: FetchOutput {
            let text: String
            var outputArtifacts: [Artifact] { [] }
        }

        let name: EndpointName = "test.file"
        let provider: ProviderID = "test"
        let baseURL = URL(string: "https://test.example/v1")!
        let method = RequestMethod.get
        let path: PathTemplate = "texts/{id}"
        let authorization = Authorization.none

        func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<Output> {
            .succeeded(Output(text: String(decoding: response.body, as: UTF8.self)))
        }
    }

    /// Waits for jobs with outputs of a size whose outcomes aren't taken, and returns the number of requests then and
    /// the number of outcomes in the end.
    private func run(
        _ endpoint: some FetchEndpoint = FileEndpoint(),
        jobs: Int,
        bytes: Int,
        requestsInFlight: Int
    ) async throws -> (whileFull: Int, outcomes: Int) {
        let clock = VirtualClock()
        let file = FetchResponse(status: 200, body: Data(repeating: 7, count: bytes))
        let transport = ScriptedTransport([.response(file).after(.seconds(1))], clock: clock)
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: transport,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(3_600)),
                limits: FetchLimits(requestsInFlight: requestsInFlight)
            ),
            environment: FetchClient.Environment(clock: clock)
        )
        return try await clock.run {
            let references = try (0..<jobs).map { try JobReference("test.file:\($0)") }
            let batch = client.outcomes(of: references)
            try await clock.sleep(for: .seconds(600))
            let whileFull = transport.requests.count
            var outcomes = 0
            for try await outcome in batch {
                #expect(outcome.result.error == nil)
                outcomes += 1
            }
            return (whileFull, outcomes)
        }
    }

    @Test func `polling stops while untaken outcomes of 32 MiB are kept, whatever their number`() async throws {
        let (whileFull, outcomes) = try await run(jobs: 300, bytes: 1 << 20, requestsInFlight: 4)
        #expect(whileFull >= 32 && whileFull <= 32 + 4, "\(whileFull)")
        #expect(outcomes == 300)
    }

    @Test func `an output's bytes count even where they are no artifact`() async throws {
        let (whileFull, outcomes) = try await run(TextEndpoint(), jobs: 60, bytes: 1 << 20, requestsInFlight: 4)
        #expect(whileFull >= 32 && whileFull <= 32 + 4, "\(whileFull)")
        #expect(outcomes == 60)
    }

    @Test func `a single outcome beyond the limit is delivered`() async throws {
        let (whileFull, outcomes) = try await run(jobs: 4, bytes: 24 << 20, requestsInFlight: 1)
        // The third request is in flight when the second outcome is kept.
        #expect(whileFull >= 2 && whileFull <= 3, "\(whileFull)")
        #expect(outcomes == 4)
    }

    @Test func `small outcomes are limited by their number alone`() async throws {
        let (whileFull, outcomes) = try await run(jobs: 1_500, bytes: 100, requestsInFlight: 4)
        #expect(whileFull >= 1_000 && whileFull <= 1_004, "\(whileFull)")
        #expect(outcomes == 1_500)
    }
}
