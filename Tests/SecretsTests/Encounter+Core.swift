import FetchCore
import FetchTesting
import Foundation
import Testing

extension Encounter {
    /// What a client is made of, and what it sends and hears when it asks once.
    func visitCore() async throws {
        let registry = try EndpointRegistry(endpoint)
        let client = client(registry)
        for number in 1...7 {
            try await ask { try await client.fetch(endpoint, id: number) }
            try await ask { try await client.fetch(JobReference("example.talk:\(number)")) }
        }
        collection.add(client, registry, credentials, APIKey(key))
        collection.add(Credentials.environment(["EXAMPLE_API_KEY": key]), Credentials.dynamic { _ in APIKey(key) })
        collection.add(endpoint.name, endpoint.provider, endpoint.path, endpoint.idForm, endpoint.authorization)
        for request in provider.requests {
            collection.add(request, request.method, try Origin(of: request.url), request.headers)
            for field in request.headers.fields { collection.add(field) }
        }
        collection.add(try JobReference("example.talk:1"), QueuedJob(try JobReference("example.talk:1")))
        try await visitRefusals(with: registry)
        try await visitPollingURL(from: client)
    }

    /// Errors about keys and URLs that can't be sent.
    private func visitRefusals(with registry: EndpointRegistry) async throws {
        for credentials in [
            Credentials.fixed(["example": APIKey("\(key)\n")]), .environment(["EXAMPLE_API_KEY": "\(key) x"]),
            .dynamic { _ in throw NSError(domain: key, code: 1, userInfo: ["key": key]) },
        ] {
            let client = FetchClient(registry: registry, transport: provider, credentials: credentials, clock: clock)
            try await ask { try await client.fetch(endpoint, id: 1) }
        }
        let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for text in ["https://u:\(escaped)@api.example.com", "https://api.example.com/?\(escaped)#"] {
            guard let url = URL(string: text) else { continue }
            do { collection.add(try Origin(of: url)) } catch { collection.add(error) }
            do { collection.add(try JobReference(text)) } catch { collection.add(error) }
        }
    }

    /// An id that is a URL from an answer.
    private func visitPollingURL(from client: FetchClient) async throws {
        guard case .succeeded(let output) = try await client.fetch(endpoint, id: 2) else { return }
        let url = try #require(output["url"]?.string.flatMap { URL(string: $0) })
        collection.add(try #require(PollingURL(url)), FollowUpPlace.url(url))
    }
}
