import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Samples from Documentation/Testing.md that are tests.
@Suite("Testing page samples") struct TestingSamples {
    @Test func `an hour takes no time`() async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(
            keys: ["modelslab": "sk-test"],
            jobs: [SimulatedModelsLab.Job(family: "video", id: "42", duration: .seconds(3600), eta: .seconds(60))],
            clock: clock
        )
        let client = FetchClient(
            transport: service,
            credentials: .fixed(["modelslab": APIKey("sk-test")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(deadline: .seconds(7200))),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let video = try await clock.run { try await client.result(.modelsLabVideo, id: 42) }
        #expect(!video.outputs.isEmpty)
        #expect(clock.elapsed > .seconds(3600))
        #expect(service.requestCount < 150)
    }

    @Test func `polling continues after a lost connection`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport(
            [
                .json(#"{"status":"processing","eta":20}"#),
                .failure(URLError(.networkConnectionLost)),
                .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#).after(.seconds(2)),
            ],
            clock: clock
        )
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["modelslab": APIKey("sk-test")]),
            environment: FetchClient.Environment(clock: clock)
        )
        let video = try await clock.run { try await client.result(.modelsLabVideo, id: 42) }
        #expect(video.outputs.map(\.absoluteString) == ["https://example.com/a.mp4"])
        #expect(transport.requests.count == 3)
    }

    @Test func `an outcome can be made by hand`() throws {
        let outcome = JobOutcome(
            try JobReference("modelslab.video:42"),
            .succeeded([Artifact(link: URL(string: "https://example.com/a.mp4")!)]),
            requests: 3,
            elapsed: .seconds(41),
            context: ["row": 7]
        )
        let update = FetchUpdate<String>(state: .pending(JobProgress(fraction: 0.4)), requests: 2)
        #expect(update.fraction == JobFraction(0.4, source: .provider))
        #expect(try JSONDecoder().decode(JobOutcome.self, from: JSONEncoder().encode(outcome)) == outcome)
    }

    @Test func conforms() async throws {
        try await EndpointConformance(Transcript(), ids: ["a1b2", "c3/d4"]).check()
    }
}
