import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Polling a simulated ModelsLab in virtual time") struct SimulatedPollingTests {
    @Test(arguments: SimulatedModelsLab.ResponseStyle.allCases)
    func `a job is polled to its end`(style: SimulatedModelsLab.ResponseStyle) async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(
            keys: ["example": "unused", "modelslab": "sk-usual"],
            jobs: [.init(family: "video", id: "42", duration: .seconds(90), outputField: .output)],
            style: style,
            clock: clock
        )
        let client = FetchClient(
            transport: service,
            credentials: .fixed(["modelslab": APIKey("sk-usual")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let endpoint = SampleEndpoint(
            name: "modelslab.sample",
            provider: "modelslab",
            baseURL: try #require(URL(string: "https://modelslab.com/api/v6")),
            path: "video/fetch/{id}",
            decode: { _, response in
                let body: JSONValue = try response.json()
                guard body["status"] == "success" else { return .pending }
                return .succeeded((body["output"]?.array ?? []).compactMap { $0.string.flatMap { URL(string: $0) } })
            }
        )
        let links = try await clock.run { try await client.result(endpoint, id: "42") }
        #expect(links.map(\.absoluteString) == ["https://files.modelslab.example/generations/42-0.mp4"])
        #expect(clock.elapsed >= .seconds(90))
        #expect(clock.elapsed < .seconds(120))
        #expect(service.requestCount(of: "42") == service.requestCount)
    }
}
