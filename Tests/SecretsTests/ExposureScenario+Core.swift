import FetchCore
import FetchTesting
import Foundation
import Testing

extension ExposureScenario {
    /// Collects the parts of a client, and its requests, states and errors from single fetches.
    func collectCore() async throws {
        let registry = try EndpointRegistry(endpoint)
        let client = client(registry)
        for number in 1...7 {
            try await collect { try await client.fetch(endpoint, id: number) }
            try await collect { try await client.fetch(JobReference("example.collecting:\(number)")) }
        }
        collector.add(client, registry, credentials, APIKey(key))
        collector.add(Credentials.environment(["EXAMPLE_API_KEY": key]), Credentials.dynamic { _ in APIKey(key) })
        collector.add(endpoint.name, endpoint.provider, endpoint.path, endpoint.idForm, endpoint.authorization)
        for request in provider.requests {
            collector.add(request, request.method, try Origin(of: request.url), request.headers)
            for field in request.headers.fields { collector.add(field) }
        }
        collector.add(try JobReference("example.collecting:1"), QueuedJob(try JobReference("example.collecting:1")))
        collector.add(JobDeadline.afterAdding(.seconds(60)))
        try await collectAccount(of: client)
        try await collectRefusals(with: registry)
        try await collectPollingURL(from: client)
        try await collectSubmissions(to: client)
    }

    /// Collects what an account with the key shows.
    private func collectAccount(of client: FetchClient) async throws {
        let credentials = Credentials.accounts { _, _, _ in APIKey(key) }
        let tenant = client.account("tenant-7", credentials: credentials)
        collector.add(tenant, credentials, try #require(tenant.accountID))
        for number in 1...7 { try await collect { try await tenant.fetch(endpoint, id: number) } }
        let job = QueuedJob(try JobReference("example.collecting:2"), account: "tenant-7")
        for try await outcome in client.outcomes(of: [job]) { collector.add(outcome) }
    }

    /// Collects errors about invalid keys and URLs.
    private func collectRefusals(with registry: EndpointRegistry) async throws {
        for credentials in [
            Credentials.fixed(["example": APIKey("\(key)\n")]), .environment(["EXAMPLE_API_KEY": "\(key) x"]),
            .dynamic { _ in throw NSError(domain: key, code: 1, userInfo: ["key": key]) },
        ] {
            let client = FetchClient(
                registry: registry,
                transport: provider,
                credentials: credentials,
                environment: FetchClient.Environment(clock: clock)
            )
            try await collect { try await client.fetch(endpoint, id: 1) }
        }
        let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for text in ["https://u:\(escaped)@api.example.com", "https://api.example.com/?\(escaped)#"] {
            guard let url = URL(string: text) else { continue }
            do { collector.add(try Origin(of: url)) } catch { collector.add(error) }
            do { collector.add(try JobReference(text)) } catch { collector.add(error) }
        }
    }

    /// Collects an ID that is a URL from a response.
    private func collectPollingURL(from client: FetchClient) async throws {
        guard case .succeeded(let output) = try await client.fetch(endpoint, id: 2) else { return }
        let url = try #require(output["url"]?.string.flatMap { URL(string: $0) })
        collector.add(try #require(PollingURL(url)), FollowUpTarget.url(url), FollowUpAuthorization.inherited)
        collector.add(JSONMemberNames.snakeCase, LinkContext(responseURL: url, expiryDate: clock.date))
        collector.add(JobFailure(.expired, artifacts: [Artifact(link: url, mirrors: [url], needsKey: true)]))
    }
}
