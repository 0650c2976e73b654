import FetchCore
import FetchTesting
import Foundation
import Lantern
import Testing

@Suite struct LanternFilmTests {
    static let waiting = #"{"film_id": "fl_8c1", "state": "waiting"}"#
    static let rendering = #"{"state": "rendering", "percent": 40, "seconds_left": 12}"#
    static let ready = #"{"state": "ready", "film": {"url": "https://cdn.lantern.example/fl_8c1.mp4"}}"#

    @Test func `the endpoint conforms`() async throws {
        try await EndpointConformance(
            LanternFilm(),
            ids: ["fl_8c1", "fl_9d2"],
            fixtures: [
                .pending(Self.waiting),
                .pending(Self.rendering),
                .succeeded(Self.ready),
                .failed(#"{"state": "broken", "reason": "the lamp went out"}"#),
                .failed(#"{"state": "withheld", "reason": "a face was recognised"}"#),
            ],
            submissions: [.queued(FetchResponse(json: Self.waiting), id: "fl_8c1")]
        ).check()
    }

    @Test func `a film is polled until it is ready`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport([.json(Self.rendering), .json(Self.ready)], clock: clock)
        let client = FetchClient(
            registry: try EndpointRegistry(.lanternFilm),
            transport: transport,
            credentials: .fixed(["lantern": APIKey("lt-test-key")]),
            environment: FetchClient.Environment(clock: clock)
        )
        let film = try await clock.run { try await client.result(.lanternFilm, id: "fl_8c1") }
        #expect(film.url.absoluteString == "https://cdn.lantern.example/fl_8c1.mp4")
        let output = try await client.result(JobReference("lantern.film:fl_8c1"))
        #expect(output.outputArtifacts == [Artifact(.url(film.url), mediaType: "video/mp4")])

        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(request.url.absoluteString == "https://api.lantern.example/v2/films/fl_8c1")
        #expect(request.headers["Authorization"] == "Token lt-test-key")
        #expect(request.headers["Lantern-Version"] == "2026-04")
    }
}
