import FetchCore
import FetchTesting
import Foundation
import Testing

/// An endpoint whose properties a test can set. The output is the JSON of the response.
struct ConfigurableEndpoint<ID: FetchID>: FetchEndpoint {
    var name: EndpointName = "example.jobs"
    var provider: ProviderID = "example"
    var baseURL = URL(string: "https://api.example.com/v1")!
    var method = RequestMethod.post
    var path: PathTemplate = "fetch/{id}"
    var idForm = IDForm.whole
    var domains: [String] = []
    var minimumGap: Duration = .zero
    var authorization = Authorization.bearer
    var headers: HeaderFields = [:]
    var makeBody: @Sendable (ID) throws -> RequestBody? = { _ in nil }
    var read: @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = { .succeeded(try $0.json()) }

    func body(for id: ID) throws -> RequestBody? { try makeBody(id) }

    func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<JSONValue> { try read(response) }
}

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
