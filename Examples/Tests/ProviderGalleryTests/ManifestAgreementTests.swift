import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// Compares each manifest with the gallery's endpoint of the same name.
///
/// For fal only the outcome is compared, not its details: files can be anywhere in a model's output, and a failure is
/// an array of objects, which a manifest can't express. ElevenLabs has no manifest, since it needs a request for each
/// language.
@Suite("Agreement of manifests and Swift endpoints") struct ManifestAgreementTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Manifests").standardized

    /// The fixtures of the providers for which all details are compared.
    private static let described: [ProviderFixtures] =
        (try? allProviderFixtures().filter { !["fal.queue", "elevenlabs.dubbing"].contains($0.name) }) ?? []

    private func manifest(_ fixtures: ProviderFixtures) throws -> EndpointManifest {
        let provider = try fixtures.endpoint.provider
        return try EndpointManifest(contentsOf: Self.folder.appending(path: "\(provider).json"))
    }

    @Test func `thirteen providers of the gallery have a manifest`() {
        #expect(Self.described.count >= 13)
    }

    @Test(arguments: described)
    func `a manifest declares the same endpoint`(fixtures: ProviderFixtures) throws {
        let (swift, data) = (try fixtures.endpoint, try manifest(fixtures).endpoints[0])
        #expect(data.name == swift.name)
        #expect(data.provider == swift.provider)
        #expect(data.baseURL == swift.baseURL)
        #expect(data.domains == swift.domains)
        #expect(data.minimumGap == swift.minimumGap)
        #expect(data.submission == swift.submission)
        #expect(data.artifactLifetime == swift.artifactLifetime)
    }

    @Test(arguments: described)
    func `a manifest sends the same requests`(fixtures: ProviderFixtures) async throws {
        let (endpoint, described) = (try fixtures.endpoint, try manifest(fixtures).endpoints[0])
        for exchange in fixtures.exchanges(outcome: "succeeded") {
            for id in fixtures.ids {
                let swift = try await Self.outcome(endpoint, id, exchange).requests
                let data = try await Self.outcome(described, id, exchange).requests
                #expect(data.map(Sent.init) == swift.map(Sent.init), "\(exchange.file)")
            }
        }
    }

    @Test(arguments: described)
    func `a manifest decodes the same state or error from every response`(fixtures: ProviderFixtures) async throws {
        let (endpoint, described) = (try fixtures.endpoint, try manifest(fixtures).endpoints[0])
        for exchange in fixtures.exchanges {
            let swift = try await Self.outcome(endpoint, fixtures.ids[0], exchange).meaning
            let data = try await Self.outcome(described, fixtures.ids[0], exchange).meaning
            #expect(data == swift, "\(exchange.file)")
        }
    }

    @Test func `the manifest of fal decodes the same outcome`() async throws {
        let fixtures = try #require(try allProviderFixtures().first { $0.name == "fal.queue" })
        let (endpoint, described) = (try fixtures.endpoint, try manifest(fixtures).endpoints[0])
        for exchange in fixtures.exchanges {
            let swift = try await Self.outcome(endpoint, fixtures.ids[0], exchange).meaning
            let data = try await Self.outcome(described, fixtures.ids[0], exchange).meaning
            #expect(data.end == swift.end, "\(exchange.file)")
        }
    }

    @Test(arguments: described)
    func `a manifest passes the conformance suite`(fixtures: ProviderFixtures) async throws {
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = fixtures.ids.compactMap { Endpoint.ID($0) }
            try await EndpointConformance(
                endpoint,
                ids: ids,
                fixtures: fixtures.conformanceFixtures,
                submissions: fixtures.submissionFixtures
            ).check()
        }
        try await check(manifest(fixtures).endpoints[0])
    }

    /// Returns the requests of one exchange and the decoded state or error.
    private static func outcome(
        _ endpoint: any FetchEndpoint,
        _ id: String,
        _ exchange: ProviderFixtures.Exchange
    ) async throws -> (requests: [FetchRequest], meaning: Meaning) {
        let clock = VirtualClock()
        let transport = ScriptedTransport(exchange.responses.map { .response($0) }, clock: clock)
        let registry = try EndpointRegistry(Sole(endpoint: endpoint))
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed([endpoint.provider: APIKey(ProviderFixtures.key)]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let job = try JobReference(endpoint: endpoint.name, id: id)
        do {
            let state = try await clock.run { try await client.fetch(job) }
            return (transport.requests, Meaning(state))
        } catch let error as FetchError {
            return (transport.requests, .error(error.code, error.isRetryable, error.retryAfter))
        }
    }

    private struct Sole: FetchPlugin {
        let endpoint: any FetchEndpoint
        var endpoints: [any FetchEndpoint] { [endpoint] }
    }

    /// A request that compares equal regardless of the order of header fields.
    private struct Sent: Equatable {
        let method: RequestMethod
        let url: URL
        let headers: [String: String]
        let body: Data?

        init(_ request: FetchRequest) {
            (method, url, body) = (request.method, request.url, request.body)
            headers = Dictionary(request.headers.fields.map { ($0.name.lowercased(), $0.value) }) { $1 }
        }
    }

    /// The result that a caller receives, without the messages of errors.
    private enum Meaning: Equatable {
        case pending(JobProgress)
        case succeeded([Artifact])
        case failed(JobFailure)
        case error(FetchError.Code, Bool, Duration?)

        /// The outcome without outputs and messages.
        var end: Self {
            switch self {
            case .succeeded: .succeeded([])
            case .failed(let failure): .failed(JobFailure(failure.reason))
            case .pending, .error: self
            }
        }

        init(_ state: FetchState<any FetchOutput>) {
            switch state {
            case .pending(var progress):
                // A manifest shows a status that it doesn't list. Most endpoints in Swift don't.
                if progress.message?.hasSuffix("(a status that the manifest doesn't list)") == true {
                    progress.message = nil
                }
                self = .pending(progress)
            case .succeeded(let output): self = .succeeded(output.outputArtifacts)
            case .failed(let failure): self = .failed(failure)
            }
        }
    }
}
