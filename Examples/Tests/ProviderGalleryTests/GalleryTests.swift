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

/// What is true of every endpoint in the gallery.
@Suite struct GalleryTests {
    @Test func `all are registered with one word, beside others`() throws {
        let registry = try Self.registry()
        #expect(registry.names.count == 21)
        // ModelsLab is two: its enterprise API has a key of its own.
        #expect(registry.providers.count == 17)
    }

    @Test func `all are registered with one word, beside one other`() throws {
        let registry = try EndpointRegistry(.providerGallery, .modelsLabVideo)
        #expect(registry.names.count == 16)
    }

    @Test func `each endpoint has a dialect, and each dialect an endpoint`() throws {
        #expect(try EndpointRegistry(.providerGallery).names == dialects().map(\.name).sorted())
    }

    @Test(arguments: try dialects())
    func `it keeps the rules of endpoints, beside all others`(dialect: Dialect) async throws {
        var others = try Self.modelsLab()
        for endpoint in ProviderGallery().endpoints where endpoint.name != dialect.name {
            try others.register(endpoint)
        }
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = dialect.ids.compactMap { Endpoint.ID($0) }
            try await EndpointConformance(endpoint, ids: ids, fixtures: dialect.fixtures, beside: others).check()
        }
        try await check(dialect.endpoint)
    }

    @Test(arguments: try dialects())
    func `it makes the request that the provider documents`(dialect: Dialect) async throws {
        let transport = ScriptedTransport([.json("{}")])
        let clock = VirtualClock()
        let client = try client(dialect, transport, clock: clock)
        let job = try dialect.job
        await clock.run { _ = try? await client.fetch(job) }
        let request = try #require(transport.requests.first)
        let expected = try #require(dialect.requests.first)
        #expect("\(request.method) \(request.url.absoluteString)" == expected.firstLine)
        #expect(expected.isAsked(by: request), "\(request.headers) \(request.body ?? Data())")
    }

    @Test(arguments: try dialects())
    func `a job is polled to its end by name and by type, whatever that end is`(dialect: Dialect) async throws {
        for end in dialect.answers(meaning: "succeeded") + dialect.answers(meaning: "failed") {
            for isTyped in [false, true] {
                let clock = VirtualClock()
                let service = SimulatedProvider(dialect, pending: dialect.answers(meaning: "pending"), end: end)
                let client = try client(dialect, service, clock: clock)
                let outcome = await clock.run { await Self.outcome(of: dialect, client, isTyped: isTyped) }
                #expect(end.means(outcome), "\(end.file) by \(isTyped ? "type" : "name")")
            }
        }
    }

    @Test(arguments: try dialects())
    func `an answer that says nothing about the job is the error that it should be`(dialect: Dialect) async throws {
        #expect(!dialect.answers(meaning: "error").isEmpty)
        for answer in dialect.answers(meaning: "error") {
            let clock = VirtualClock()
            let transport = ScriptedTransport(answer.responses.map { .response($0) })
            let client = try client(dialect, transport, clock: clock)
            let job = try dialect.job
            let error = try #require(
                await clock.run { await #expect(throws: FetchError.self) { try await client.fetch(job) } }
            )
            #expect(answer.means("error-\(error.code)"), "\(answer.file): \(error)")
        }
    }

    @Test func `all of them are asked from one registry over real sockets, at once`() async throws {
        let modelsLab = try LoopbackServer(
            serving: SimulatedModelsLab(
                keys: ["modelslab": Dialect.key],
                jobs: [.init(family: "video", id: "42", duration: .zero)]
            )
        )
        defer { modelsLab.stop() }
        var origins: [ProviderID: Origin] = ["modelslab": modelsLab.origin]
        var jobs = [try JobReference("modelslab.video:42")]
        let servers = try dialects().map { dialect in
            let end = try #require(dialect.answers(meaning: "succeeded").first)
            let provider = SimulatedProvider(dialect, pending: [], end: end, isBehindSocket: true)
            let server = try LoopbackServer(serving: provider)
            origins[try dialect.endpoint.provider] = server.origin
            jobs.append(try dialect.job)
            return server
        }
        defer { for server in servers { server.stop() } }
        let client = try FetchClient(
            registry: Self.registry(),
            transport: PlatformTransport.shared(),
            credentials: .dynamic { _ in APIKey(Dialect.key) },
            policy: PollingPolicy(deadline: .seconds(3600), requestTimeout: .seconds(3600)),
            origins: origins
        )
        let results = try await client.results(of: jobs)
        #expect(results.count == jobs.count)
        for (job, result) in results { #expect(throws: Never.self, "\(job)") { try result.get() } }
    }

    /// All that FetchKit knows of ModelsLab.
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

    /// The gallery beside ModelsLab.
    private static func registry() throws -> EndpointRegistry {
        var registry = try modelsLab()
        try registry.register(.providerGallery)
        return registry
    }

    /// What a fixture's name begins with: how a wait ended.
    private static func outcome(of dialect: Dialect, _ client: FetchClient, isTyped: Bool) async -> String {
        func wait<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            _ = try await client.result(endpoint, id: try #require(Endpoint.ID(dialect.ids[0])))
        }
        do {
            if isTyped { try await wait(dialect.endpoint) } else { _ = try await client.result(dialect.job) }
            return "succeeded"
        } catch let error as FetchError {
            return error.code == .jobFailed ? "failed" : "\(error)"
        } catch {
            return "\(error)"
        }
    }

    private func client(
        _ dialect: Dialect,
        _ transport: any FetchTransport,
        clock: VirtualClock
    ) throws -> FetchClient {
        try FetchClient(
            registry: Self.registry(),
            transport: transport,
            credentials: .fixed([dialect.endpoint.provider: APIKey(Dialect.key)]),
            clock: clock,
            wallClock: clock.wallClock
        )
    }
}

extension Dialect {
    var job: JobReference {
        get throws { try JobReference(endpoint: name, id: ids[0]) }
    }
}
