#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes requests of what endpoints declare.
struct RequestBuilder {
    /// Where a provider's requests go instead of its own scheme, host and port.
    var origins: [ProviderID: Origin] = [:]

    /// Hosts besides this machine that may be asked without TLS.
    var plainHTTPHosts: Set<String> = []

    /// How many bytes an answer may have.
    var responseLimit: Int

    /// The request that asks an endpoint about a job.
    func draft<Endpoint: FetchEndpoint>(_ endpoint: Endpoint, id: Endpoint.ID) throws -> RequestDraft {
        try endpoint.name.validate()
        try endpoint.provider.validate()
        try IDText.validate(id.description)
        let body = try Self.body(of: endpoint, for: id)
        let url: URL
        if let given = (id as? PollingURL)?.url {
            guard let own = try ownURL(given, of: endpoint) else { throw try foreign(given, to: endpoint) }
            url = own
        } else {
            let values = try endpoint.idForm.values(of: id.description)
            try IDPlace.require(for: values, in: endpoint.path, or: body)
            url = try self.url(endpoint.path, of: endpoint, values: values)
        }
        return RequestDraft(
            method: endpoint.method,
            url: url,
            headers: endpoint.headers,
            body: body,
            authorization: endpoint.authorization
        )
    }

    private static func body<Endpoint: FetchEndpoint>(
        of endpoint: Endpoint,
        for id: Endpoint.ID
    ) throws(FetchError) -> RequestBody? {
        do {
            return try endpoint.body(for: id)
        } catch let error as FetchError {
            throw error
        } catch {
            throw FetchError(.malformedEndpoint, "the endpoint can't make a body for this id: \(type(of: error))")
        }
    }

    /// The request that fetches what an answer pointed to.
    func draft<Endpoint: FetchEndpoint>(
        _ followUp: FollowUp<Endpoint.Output>,
        of endpoint: Endpoint,
        id: Endpoint.ID
    ) throws(FetchError) -> RequestDraft {
        let authorization = followUp.authorization ?? endpoint.authorization
        let url: URL
        var headers: HTTPHeaders = [:]
        switch followUp.place {
        case .path(let path, let further):
            let values = try endpoint.idForm.values(of: id.description).merging(further)
            url = try self.url(path, of: endpoint, values: values)
            headers = endpoint.headers
        case .url(let given):
            let own = try ownURL(given, of: endpoint)
            guard own != nil || authorization == .none else { throw try foreign(given, to: endpoint) }
            url = own ?? given
            if own != nil { headers = endpoint.headers }
        }
        for field in followUp.headers.fields { headers[field.name] = field.value }
        return RequestDraft(
            method: followUp.method,
            url: url,
            headers: headers,
            body: followUp.body,
            authorization: authorization
        )
    }

    private func foreign(_ url: URL, to endpoint: some FetchEndpoint) throws(FetchError) -> FetchError {
        let places = [try base(of: endpoint).origin.description] + endpoint.domains
        return .refusedURL(
            url,
            because: "the key of \(endpoint.provider) is sent to \(places.joined(separator: ", ")) only"
        )
    }

    /// A URL that a server gave, where it is of the endpoint's own origin or domains, and moved along with the origin;
    /// otherwise nil.
    private func ownURL(_ url: URL, of endpoint: some FetchEndpoint) throws(FetchError) -> URL? {
        let origin = try Origin(of: url)
        let home = try base(of: endpoint)
        if origin == home.origin { return url }
        guard try origin == BaseURL(endpoint.baseURL).origin || origin.isWithin(endpoint.domains) else { return nil }
        guard origins[endpoint.provider] != nil else { return url }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        return try Self.url("\(home.origin)\(url.path(percentEncoded: true))\(query)")
    }

    private func url(
        _ path: PathTemplate,
        of endpoint: some FetchEndpoint,
        values: TemplateValues
    ) throws(FetchError) -> URL {
        try Self.url(base(of: endpoint).prefix(of: path) + path.expanded(with: values))
    }

    private static func url(_ text: String) throws(FetchError) -> URL {
        guard let url = URL(string: text) else {
            throw FetchError(.malformedEndpoint, "base URL and path make no URL")
        }
        return url
    }

    private func base(of endpoint: some FetchEndpoint) throws(FetchError) -> BaseURL {
        let base = try BaseURL(endpoint.baseURL)
        return origins[endpoint.provider].map(base.moved(to:)) ?? base
    }
}
