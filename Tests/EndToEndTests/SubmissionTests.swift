import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

@Suite("From submissions to results") struct SubmissionTests {
    private let clock = VirtualClock()

    private func client(_ family: SubmittedFamily) throws -> (FetchClient, ScriptedTransport) {
        var registry = EndpointRegistry()
        for family in SubmittedFamily.all { try Self.register(family.endpoint, in: &registry) }
        let transport = ScriptedTransport([.json(family.result)], clock: clock)
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed([.modelsLab: APIKey("test-key"), .modelsLabEnterprise: APIKey("enterprise-key")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        return (client, transport)
    }

    private static func register(_ endpoint: some FetchEndpoint, in registry: inout EndpointRegistry) throws {
        try registry.register(endpoint)
    }

    @Test(arguments: SubmittedFamily.all)
    func `each family is continued by type, by name and by its polling URL`(family: SubmittedFamily) async throws {
        let (client, transport) = try client(family)
        let response = FetchResponse(json: family.submission)
        // Each response is received a little later, and so are the expiry dates of its links.
        @Sendable func contents(_ output: any FetchOutput) -> [Artifact.Content] {
            output.outputArtifacts.map(\.content)
        }
        @Sendable func result<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws -> [Artifact.Content] {
            contents(try await client.result(continuing: response, of: endpoint))
        }
        let outputs = try await clock.run {
            var outputs = [
                try await result(family.endpoint),
                contents(try await client.result(continuing: response, of: family.endpoint.name)),
            ]
            if family.hasURL { outputs.append(contents(try await client.result(continuing: response))) }
            return outputs
        }
        #expect(Set(outputs).count == 1)
        #expect(outputs.first?.isEmpty == false)
        #expect(Set(transport.requests.map(\.url)).count == 1)
    }

    @Test(arguments: SubmittedFamily.all)
    func `the job of each family is stored with its reference and date`(family: SubmittedFamily) async throws {
        let (client, _) = try client(family)
        let response = FetchResponse(
            json: family.submission,
            headers: ["Date": "Tue, 14 Nov 2023 22:13:10 GMT"]
        )
        guard case .queued(let job) = try await client.submittedJob(in: response, of: family.endpoint.name) else {
            return #expect(Bool(false))
        }
        #expect("\(job.job)" == family.job)
        #expect(job.submitted?.date == Date(timeIntervalSince1970: 1_699_999_990))
        #expect(job.submitted?.eta == (family.submission.contains("eta") ? .seconds(20) : nil))
        let outcome = try await clock.run { try await client.outcomes(of: [job]).results() }
        #expect(throws: Never.self) { try outcome.first?.value.get() }
    }
}
