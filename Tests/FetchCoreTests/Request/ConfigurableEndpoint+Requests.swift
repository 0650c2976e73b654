import FetchCore
import FetchTesting
import TestSupport
import Testing

extension ConfigurableEndpoint {
    /// Polls a job once and returns the requests.
    func requests(
        for id: ID,
        responses: [ScriptedTransport.Step] = [.json("{}")],
        credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")]),
        origins: [ProviderID: Origin] = [:],
        plainHTTPHosts: Set<String> = []
    ) async throws -> [FetchRequest] {
        let transport = ScriptedTransport(responses)
        let client = FetchClient(
            scripted: transport,
            credentials: credentials,
            origins: origins,
            plainHTTPHosts: plainHTTPHosts
        )
        _ = try await client.fetch(self, id: id)
        return transport.requests
    }

    /// Polls a job once, expects a `FetchError` and no request, and returns the error.
    func refusal(
        of id: ID,
        credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")]),
        origins: [ProviderID: Origin] = [:]
    ) async throws -> FetchError {
        let transport = ScriptedTransport([.json("{}")])
        let client = FetchClient(scripted: transport, credentials: credentials, origins: origins)
        return try await transport.refusal { try await client.fetch(self, id: id) }
    }
}
