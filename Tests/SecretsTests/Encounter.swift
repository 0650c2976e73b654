import FetchCore
import FetchTesting
import Foundation

/// A client that asks a provider which echoes the key, and all that comes into contact with the key meanwhile.
struct Encounter: Sendable {
    let key: String
    let way: Authorization
    let collection = SpecimenLog()
    let clock = VirtualClock()
    let provider: EchoingProvider

    init(key: String, way: Authorization) {
        self.key = key
        self.way = way
        provider = EchoingProvider(knowing: key)
    }

    /// All specimens of types that a client in virtual time comes across.
    func specimens() async throws -> [Specimen] {
        try await clock.run {
            try await visitCore()
            try await visitWaits()
            try await visitPlugins()
            try await visitManifests()
            try await visitKit()
        }
        return collection.specimens
    }

    var credentials: Credentials {
        .fixed(["example": APIKey(key), "modelslab": APIKey(key), "modelslab.enterprise": APIKey(key)])
    }

    var endpoint: TalkativeEndpoint { TalkativeEndpoint(authorization: way, collection: collection) }

    func client(_ registry: EndpointRegistry, transport: (any FetchTransport)? = nil) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport ?? provider,
            credentials: credentials,
            policy: PollingPolicy(deadline: .seconds(60), toleratedErrors: 1),
            observer: collection,
            clock: clock,
            wallClock: clock.wallClock
        )
    }

    /// Asks, and takes the state or the error.
    func ask<Output>(_ question: () async throws -> FetchState<Output>) async throws {
        do {
            let state = try await question()
            collection.add(state)
            switch state {
            case .pending(let progress): collection.add(progress)
            case .failed(let failure): collection.add(failure, failure.reason)
            case .succeeded(let output):
                collection.add(output)
                for artifact in (output as? any FetchOutput)?.outputArtifacts ?? [] {
                    collection.add(artifact, artifact.content)
                }
            }
        } catch let error as FetchError {
            collection.add(error)
        }
    }
}
