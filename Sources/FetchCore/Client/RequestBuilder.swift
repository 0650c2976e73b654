#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes finished requests of what endpoints declare, and puts the key where it belongs and nowhere else.
struct RequestBuilder {
    /// Where a provider's requests go instead of its own scheme, host and port.
    var origins: [ProviderID: Origin] = [:]

    /// Hosts besides this machine that may be asked without TLS.
    var plainHTTPHosts: Set<String> = []

    /// How many bytes an answer may have.
    var responseLimit: Int

    /// What a request is made of, before the key is in it.
    struct Draft {
        var method: HTTPMethod
        var url: URL
        var headers: HTTPHeaders
        var body: RequestBody?
        var authorization: Authorization
    }

    /// The request that asks an endpoint about a job.
    func draft<Endpoint: FetchEndpoint>(_ endpoint: Endpoint, id: Endpoint.ID) throws -> Draft {
        try endpoint.name.validate()
        try endpoint.provider.validate()
        try IDText.validate(id.description)
        let body = try Self.body(of: endpoint, for: id)
        try Self.requirePlace(for: id, in: endpoint.path, or: body)
        let url = try url(endpoint.path, of: endpoint, id: id)
        return Draft(
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
    ) throws(FetchError) -> Draft {
        let authorization = followUp.authorization ?? endpoint.authorization
        let url: URL
        switch followUp.place {
        case .path(let path): url = try self.url(path, of: endpoint, id: id)
        case .url(let given) where authorization == .none: url = given
        case .url(let given): url = try ownURL(given, of: endpoint)
        }
        var headers = authorization == .none ? [:] : endpoint.headers
        for field in followUp.headers.fields { headers[field.name] = field.value }
        return Draft(
            method: followUp.method,
            url: url,
            headers: headers,
            body: followUp.body,
            authorization: authorization
        )
    }

    /// A URL that a server gave, where it is of the endpoint's own origin.
    private func ownURL(_ url: URL, of endpoint: some FetchEndpoint) throws(FetchError) -> URL {
        let origin = try Origin(of: url)
        let home = try base(of: endpoint)
        if origin == home.origin { return url }
        guard origin == (try BaseURL(endpoint.baseURL).origin) else {
            throw .refusedURL(url, because: "the key of \(endpoint.provider) is sent to \(home.origin) only")
        }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        return try Self.url("\(home.origin)\(url.path(percentEncoded: true))\(query)")
    }

    private func url<Endpoint: FetchEndpoint>(
        _ path: PathTemplate,
        of endpoint: Endpoint,
        id: Endpoint.ID
    ) throws(FetchError) -> URL {
        let expanded = try path.expanded(with: id)
        return try Self.url(base(of: endpoint).text + (expanded.isEmpty ? "" : "/") + expanded)
    }

    private static func url(_ text: String) throws(FetchError) -> URL {
        guard let url = URL(string: text) else {
            throw FetchError(.malformedEndpoint, "base URL and path make no URL")
        }
        return url
    }

    /// Adds the key and turns a draft into a request.
    func request(_ draft: Draft, key: APIKey?, timeout: Duration) throws(FetchError) -> FetchRequest {
        try requireSafety(of: draft.url)
        var request = FetchRequest(
            method: draft.method,
            url: draft.url,
            headers: draft.headers,
            timeout: timeout,
            responseLimit: responseLimit
        )
        var body = draft.body
        if let key {
            switch draft.authorization {
            case .none: break
            case .header(let name, let prefix): request.headers[name] = prefix + key.secret
            case .query(let name): request.url = try request.url.adding(name, key.secret)
            case .jsonBody(let field): body = try Self.adding(key, as: field, to: body)
            }
        }
        switch body {
        case nil: break
        case .json(let members):
            request.headers["Content-Type"] = "application/json"
            request.body = try Self.encode(members)
        case .data(let data, let mediaType):
            request.headers["Content-Type"] = mediaType
            request.body = data
        }
        if request.headers["Accept"] == nil { request.headers["Accept"] = "*/*" }
        return request
    }

    /// Refuses an endpoint that would ask the same question for every job.
    static func requirePlace(
        for id: some FetchID,
        in path: PathTemplate,
        or body: RequestBody?
    ) throws(FetchError) {
        guard try !path.hasPlace() else { return }
        // The body of an id that is more than one value may hold them one by one.
        let holds: (String) -> Bool
        switch body {
        case nil: holds = { _ in false }
        case .json(let members): holds = JSONValue.object(members).holds
        case .data(let data, _): holds = String(decoding: data, as: UTF8.self).contains
        }
        let values = id.templateValues.values
        if holds(id.description) || (!values.isEmpty && values.allSatisfy(holds)) { return }
        throw FetchError(
            .malformedEndpoint,
            "neither the path template \(Excerpt(path.text)) nor the body has a place for the id",
            remedy: "Write {id} into the template, or put the id into the body."
        )
    }

    private func base(of endpoint: some FetchEndpoint) throws(FetchError) -> BaseURL {
        let base = try BaseURL(endpoint.baseURL)
        return origins[endpoint.provider].map(base.moved(to:)) ?? base
    }

    private func requireSafety(of url: URL) throws(FetchError) {
        let origin = try Origin(of: url)
        guard origin.scheme == "http", !origin.isLoopback, !plainHTTPHosts.contains(origin.host) else { return }
        throw .refusedURL(
            url,
            because: "plain http to another machine shows the key to everyone on the way",
            remedy: "Use https, or allow the host by name."
        )
    }

    private static func adding(
        _ key: APIKey,
        as field: String,
        to body: RequestBody?
    ) throws(FetchError) -> RequestBody {
        switch body {
        case nil: return .json([field: .string(key.secret)])
        case .json(var members):
            members[field] = .string(key.secret)
            return .json(members)
        case .data:
            throw FetchError(.malformedEndpoint, "a key goes into a JSON body, and this body is not JSON")
        }
    }

    private static func encode(_ members: [String: JSONValue]) throws(FetchError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(members)
        } catch {
            throw FetchError(.malformedEndpoint, "the body can't be written as JSON")
        }
    }
}

extension URL {
    fileprivate func adding(_ name: String, _ value: String) throws(FetchError) -> URL {
        let item = PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value)
        let separator = query(percentEncoded: true) == nil ? "?" : "&"
        guard let url = URL(string: absoluteString + separator + item) else {
            throw FetchError(.malformedEndpoint, "the URL takes no query")
        }
        return url
    }
}

extension JSONValue {
    /// Whether the text stands somewhere in the value, as a string or as a number.
    fileprivate func holds(_ text: String) -> Bool {
        switch self {
        case .string(let string): string.contains(text)
        case .integer(let number): String(number) == text
        case .array(let elements): elements.contains { $0.holds(text) }
        case .object(let members): members.values.contains { $0.holds(text) }
        case .null, .bool, .number: false
        }
    }
}
