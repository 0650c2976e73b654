import FetchCore
import FetchTesting
import Foundation
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow
import PlatformTransport
import ProviderGallery
import Testing

@Suite("All endpoints of the gallery") struct GalleryTests {
    @Test func `one plugin registers all endpoints in addition to ModelsLab's`() throws {
        let registry = try Self.registry()
        #expect(registry.names.count == 21)
        // ModelsLab counts twice: its enterprise API has a separate key.
        #expect(registry.providers.count == 17)
    }

    @Test func `one plugin registers all endpoints in addition to a single endpoint`() throws {
        let registry = try EndpointRegistry(.providerGallery, .modelsLabVideo)
        #expect(registry.names.count == 16)
    }

    @Test func `each endpoint has fixtures, and all fixtures have an endpoint`() throws {
        #expect(try EndpointRegistry(.providerGallery).names == allProviderFixtures().map(\.name).sorted())
    }

    @Test(arguments: try allProviderFixtures())
    func `an endpoint passes the conformance suite in a registry with all others`(fixtures: ProviderFixtures)
        async throws
    {
        var others = try Self.modelsLab()
        for endpoint in ProviderGallery().endpoints where endpoint.name != fixtures.name {
            try others.register(endpoint)
        }
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = fixtures.ids.compactMap { Endpoint.ID($0) }
            try await EndpointConformance(
                endpoint,
                ids: ids,
                fixtures: fixtures.conformanceFixtures,
                submissions: fixtures.submissionFixtures,
                registeredWith: others
            )
            .check()
        }
        try await check(fixtures.endpoint)
    }

    @Test(arguments: try allProviderFixtures())
    func `an endpoint sends the documented request`(fixtures: ProviderFixtures) async throws {
        let transport = ScriptedTransport([.json("{}")])
        let clock = VirtualClock()
        let client = try client(fixtures, transport, clock: clock)
        let job = try fixtures.job
        await clock.run { _ = try? await client.fetch(job) }
        let request = try #require(transport.requests.first)
        let expected = try #require(fixtures.requests.first)
        #expect("\(request.method) \(request.url.absoluteString)" == expected.firstLine)
        #expect(expected.matches(request), "\(request.headers) \(request.body ?? Data())")
    }

    @Test(arguments: try allProviderFixtures())
    func `a job is polled by name and by type until it succeeds or fails`(fixtures: ProviderFixtures) async throws {
        for end in fixtures.exchanges(outcome: "succeeded") + fixtures.exchanges(outcome: "failed") {
            for isTyped in [false, true] {
                let clock = VirtualClock()
                let service = SimulatedProvider(fixtures, pending: fixtures.exchanges(outcome: "pending"), end: end)
                let client = try client(fixtures, service, clock: clock)
                let outcome = await clock.run { await Self.outcome(of: fixtures, client, isTyped: isTyped) }
                #expect(end.hasOutcome(outcome), "\(end.file) by \(isTyped ? "type" : "name")")
            }
        }
    }

    @Test(arguments: try allProviderFixtures())
    func `a response that says nothing about the job is the expected error`(fixtures: ProviderFixtures) async throws {
        #expect(!fixtures.exchanges(outcome: "error").isEmpty)
        for exchange in fixtures.exchanges(outcome: "error") {
            let clock = VirtualClock()
            let transport = ScriptedTransport(exchange.responses.map { .response($0) })
            let client = try client(fixtures, transport, clock: clock)
            let job = try fixtures.job
            let error = try #require(
                await clock.run { await #expect(throws: FetchError.self) { try await client.fetch(job) } }
            )
            #expect(exchange.hasOutcome("error-\(error.code)"), "\(exchange.file): \(error)")
        }
    }

    @Test(arguments: try allProviderFixtures())
    func `a submission is continued by type, by name and by its polling URL`(fixtures: ProviderFixtures) async throws {
        let response = try #require(fixtures.submissions["submission.http"])
        let end = try #require(fixtures.exchanges(outcome: "succeeded").first)
        let clock = VirtualClock()
        let client = try client(fixtures, SimulatedProvider(fixtures, pending: [], end: end), clock: clock)
        let job = try fixtures.job
        // Each response is received a little later, and so are the expiry dates of its links.
        @Sendable func contents(_ output: any FetchOutput) -> [Artifact.Content] {
            output.outputArtifacts.map(\.content)
        }
        @Sendable func result<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws -> [Artifact.Content] {
            contents(try await client.result(continuing: response, of: endpoint))
        }
        try await clock.run {
            let outputs = contents(try await client.result(job))
            #expect(try await result(fixtures.endpoint) == outputs)
            #expect(contents(try await client.result(continuing: response, of: fixtures.name)) == outputs)
            if ["bfl.image", "fal.queue", "replicate.prediction"].contains(fixtures.name) {
                #expect(contents(try await client.result(continuing: response)) == outputs)
            }
        }
    }

    @Test func `jobs of all endpoints are polled concurrently from one registry over real sockets`() async throws {
        let modelsLab = try LoopbackServer(
            serving: SimulatedModelsLab(
                keys: ["modelslab": ProviderFixtures.key],
                jobs: [.init(family: "video", id: "42", duration: .zero)]
            )
        )
        defer { modelsLab.stop() }
        var origins: [ProviderID: Origin] = ["modelslab": modelsLab.origin]
        var jobs = [try JobReference("modelslab.video:42")]
        let servers = try allProviderFixtures().map { fixtures in
            let end = try #require(fixtures.exchanges(outcome: "succeeded").first)
            let provider = SimulatedProvider(fixtures, pending: [], end: end, isBehindSocket: true)
            let server = try LoopbackServer(serving: provider)
            origins[try fixtures.endpoint.provider] = server.origin
            jobs.append(try fixtures.job)
            return server
        }
        defer { for server in servers { server.stop() } }
        let client = try FetchClient(
            registry: Self.registry(),
            transport: PlatformTransport.shared(),
            credentials: .dynamic { _ in APIKey(ProviderFixtures.key) },
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(3600), requestTimeout: .seconds(3600)),
                origins: origins
            )
        )
        let results = try await client.outcomes(of: jobs).results()
        #expect(results.count == jobs.count)
        for (job, result) in results { #expect(throws: Never.self, "\(job)") { try result.get() } }
    }

    /// Returns a registry with all of ModelsLab's families.
    private static func modelsLab() throws -> EndpointRegistry {
        try EndpointRegistry(
            .modelsLabDeepfake,
            .modelsLabFaceGen,
            .modelsLabFaceSwap,
            .modelsLabFineTune,
            .modelsLabVideo,
            .modelsLabWorkflow
        )
    }

    /// Returns a registry with ModelsLab's families and the gallery.
    private static func registry() throws -> EndpointRegistry {
        var registry = try modelsLab()
        try registry.register(.providerGallery)
        return registry
    }

    /// Polls the job until it ends and returns the outcome, in the notation of the fixtures' file names.
    private static func outcome(of fixtures: ProviderFixtures, _ client: FetchClient, isTyped: Bool) async -> String {
        func poll<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            _ = try await client.result(endpoint, id: try #require(Endpoint.ID(fixtures.ids[0])))
        }
        do {
            if isTyped { try await poll(fixtures.endpoint) } else { _ = try await client.result(fixtures.job) }
            return "succeeded"
        } catch let error as FetchError {
            return error.code == .jobFailed ? "failed" : "\(error)"
        } catch {
            return "\(error)"
        }
    }

    private func client(
        _ fixtures: ProviderFixtures,
        _ transport: any FetchTransport,
        clock: VirtualClock
    ) throws -> FetchClient {
        try FetchClient(
            registry: Self.registry(),
            transport: transport,
            credentials: .fixed([fixtures.endpoint.provider: APIKey(ProviderFixtures.key)]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
    }
}

extension ProviderFixtures {
    var job: JobReference {
        get throws { try JobReference(endpoint: name, id: ids[0]) }
    }
}
