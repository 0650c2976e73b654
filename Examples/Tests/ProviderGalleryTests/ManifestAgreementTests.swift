import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import ProviderGallery
import Testing

/// A manifest and the gallery's endpoint of the same name say the same of every answer.
///
/// fal's agrees on every end and not on what is said of it: its files stand anywhere in a model's output, and what is
/// wrong is a list of objects. ElevenLabs has none: it wants a request for each language.
@Suite struct ManifestAgreementTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Manifests").standardized

    /// The dialects of the providers that have both.
    private static let described: [Dialect] =
        (try? dialects().filter { !["fal.queue", "elevenlabs.dubbing"].contains($0.name) }) ?? []

    private func manifest(_ dialect: Dialect) throws -> EndpointManifest {
        let provider = try dialect.endpoint.provider
        return try EndpointManifest(contentsOf: Self.folder.appending(path: "\(provider).json"))
    }

    @Test func `there are manifests of thirteen of the gallery's providers`() {
        #expect(Self.described.count >= 13)
    }

    @Test(arguments: described)
    func `it is the same endpoint`(dialect: Dialect) throws {
        let (swift, data) = (try dialect.endpoint, try manifest(dialect).endpoints[0])
        #expect(data.name == swift.name)
        #expect(data.provider == swift.provider)
        #expect(data.baseURL == swift.baseURL)
        #expect(data.domains == swift.domains)
        #expect(data.minimumGap == swift.minimumGap)
    }

    @Test(arguments: described)
    func `it sends the same requests`(dialect: Dialect) async throws {
        let (endpoint, described) = (try dialect.endpoint, try manifest(dialect).endpoints[0])
        for answer in dialect.answers(meaning: "succeeded") {
            for id in dialect.ids {
                let swift = try await Self.outcome(endpoint, id, answer).requests
                let data = try await Self.outcome(described, id, answer).requests
                #expect(data.map(Sent.init) == swift.map(Sent.init), "\(answer.file)")
            }
        }
    }

    @Test(arguments: described)
    func `it reads the same in every answer`(dialect: Dialect) async throws {
        let (endpoint, described) = (try dialect.endpoint, try manifest(dialect).endpoints[0])
        for answer in dialect.answers {
            let swift = try await Self.outcome(endpoint, dialect.ids[0], answer).meaning
            let data = try await Self.outcome(described, dialect.ids[0], answer).meaning
            #expect(data == swift, "\(answer.file)")
        }
    }

    @Test func `fal's jobs end in the same way`() async throws {
        let dialect = try #require(try dialects().first { $0.name == "fal.queue" })
        let (endpoint, described) = (try dialect.endpoint, try manifest(dialect).endpoints[0])
        for answer in dialect.answers {
            let swift = try await Self.outcome(endpoint, dialect.ids[0], answer).meaning
            let data = try await Self.outcome(described, dialect.ids[0], answer).meaning
            #expect(data.end == swift.end, "\(answer.file)")
        }
    }

    @Test(arguments: described)
    func `it keeps the rules of endpoints`(dialect: Dialect) async throws {
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = dialect.ids.compactMap { Endpoint.ID($0) }
            try await EndpointConformance(endpoint, ids: ids, fixtures: dialect.fixtures).check()
        }
        try await check(manifest(dialect).endpoints[0])
    }

    /// What is sent and what it is taken for.
    private static func outcome(
        _ endpoint: any FetchEndpoint,
        _ id: String,
        _ answer: Dialect.Answer
    ) async throws -> (requests: [FetchRequest], meaning: Meaning) {
        let clock = VirtualClock()
        let transport = ScriptedTransport(answer.responses.map { .response($0) }, clock: clock)
        let registry = try EndpointRegistry(Sole(endpoint: endpoint))
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed([endpoint.provider: APIKey(Dialect.key)]),
            clock: clock,
            wallClock: clock.wallClock
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

    /// A request, whatever the order of its header fields.
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

    /// All that a caller by name learns, words of errors apart.
    private enum Meaning: Equatable {
        case pending(JobProgress)
        case succeeded([Artifact])
        case failed(JobFailure)
        case error(FetchError.Code, Bool, Duration?)

        /// How it ends, without what is said of it.
        var end: Self {
            switch self {
            case .succeeded: .succeeded([])
            case .failed(let failure): .failed(JobFailure(failure.reason))
            case .pending, .error: self
            }
        }

        init(_ state: FetchState<any FetchOutput>) {
            switch state {
            case .pending(let progress): self = .pending(progress)
            case .succeeded(let output): self = .succeeded(output.outputArtifacts)
            case .failed(let failure): self = .failed(failure)
            }
        }
    }
}
