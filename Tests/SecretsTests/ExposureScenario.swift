import FetchCore
import FetchTesting
import Foundation

/// A client that polls a provider which echoes the key, and the values of public types that could expose the key.
struct ExposureScenario: Sendable {
    let key: String
    let authorization: Authorization
    let collector = ValueCollector()
    let clock = VirtualClock()
    let provider: EchoingProvider

    init(key: String, authorization: Authorization) {
        self.key = key
        self.authorization = authorization
        provider = EchoingProvider(key: key)
    }

    /// Runs the scenario in virtual time and returns the collected values.
    func collectedValues() async throws -> [CollectedValue] {
        try await clock.run {
            try await collectCore()
            try await collectPolling()
            try await collectPlugins()
            try await collectManifests()
            try await collectTestKit()
            try await collectDownloads()
            try await collectJobs()
        }
        return collector.collectedValues
    }

    var credentials: Credentials {
        .fixed(["example": APIKey(key), "modelslab": APIKey(key), "modelslab.enterprise": APIKey(key)])
    }

    var endpoint: CollectingEndpoint { CollectingEndpoint(authorization: authorization, collector: collector) }

    func client(_ registry: EndpointRegistry, transport: (any FetchTransport)? = nil) -> FetchClient {
        FetchClient(
            registry: registry,
            transport: transport ?? provider,
            credentials: credentials,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(60), toleratedErrors: 1),
                observer: collector
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
    }

    /// Collects the state that an operation returns or the error that it throws.
    func collect<Output>(_ operation: () async throws -> FetchState<Output>) async throws {
        do {
            let state = try await operation()
            collector.add(state)
            switch state {
            case .pending(let progress): collector.add(progress)
            case .failed(let failure): collector.add(failure, failure.reason)
            case .succeeded(let output):
                collector.add(output)
                for artifact in (output as? any FetchOutput)?.outputArtifacts ?? [] {
                    collector.add(artifact, artifact.content)
                }
            }
        } catch let error as FetchError {
            collector.add(error)
        }
    }
}
