import FetchCore
import FetchTesting
import Interior
import Testing

@Suite("Endpoint of another package") struct InteriorTests {
    @Test func `an endpoint of another package conforms`() async throws {
        try await EndpointConformance(Interior(), ids: [1, 77]).check()
    }

    @Test func `an endpoint of another package is polled by type and by name`() async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(
            keys: ["modelslab": "a-key-of-some-length"],
            jobs: [SimulatedModelsLab.Job(family: "interior", id: "77", duration: .seconds(30), eta: .seconds(25))],
            style: .documented,
            clock: clock
        )
        let client = FetchClient(
            registry: try EndpointRegistry(.interior),
            transport: service,
            credentials: .fixed(["modelslab": APIKey("a-key-of-some-length")]),
            environment: FetchClient.Environment(clock: clock)
        )
        let (typed, named) = try await clock.run {
            let typed = try await client.result(.interior, id: 77)
            let named = try await client.result(JobReference("modelslab.interior:77"))
            return (typed, named)
        }
        #expect(!typed.outputs.isEmpty)
        #expect(named.outputArtifacts.compactMap(\.url) == typed.outputs)
        #expect(clock.elapsed >= .seconds(30))
    }
}
