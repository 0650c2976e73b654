#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Makes requests of what endpoints declare. The one place that puts a key into a request.
struct RequestBuilder: Sendable {
    /// Where a provider's requests go instead of its own scheme, host and port.
    var origins: [ProviderID: Origin] = [:]

    /// Hosts besides this machine that may be asked without TLS.
    var plainHTTPHosts: Set<String> = []

    /// How many bytes an answer may have.
    var responseLimit: Int

    /// What all requests of an endpoint have in common.
    func form(of endpoint: EndpointDeclaration) -> RequestForm { RequestForm(endpoint, origins: origins) }

    /// Adds the key and turns a draft into a request.
    ///
    /// - Parameter key: The key, checked; nil if the draft needs none.
    func request(_ draft: RequestDraft, key: APIKey?, timeout: Duration) throws(FetchError) -> FetchRequest {
        try requireSafety(of: draft)
        var url = draft.url
        if let key, case .query(let name) = draft.authorization { url = try url.adding(name, key.secret) }
        let (body, mediaType) = try Self.body(of: draft, key)
        let headers: HeaderFields
        if let plan = draft.plan, mediaType == nil || mediaType == Self.json {
            headers = plan.headers(hasBody: body != nil, key: key)
        } else {
            headers = try draft.headers.completed(draft.authorization, secret: key?.secret, mediaType: mediaType)
        }
        return FetchRequest(
            method: draft.method,
            url: url,
            headers: headers,
            body: body,
            timeout: timeout,
            responseLimit: responseLimit
        )
    }

    private static let json = "application/json"

    /// The bytes of a draft's body, and their media type.
    private static func body(of draft: RequestDraft, _ key: APIKey?) throws(FetchError) -> (Data?, mediaType: String?) {
        let keyField: (name: String, key: APIKey)? =
            if let key, case .jsonBody(let field) = draft.authorization { (field, key) } else { nil }
        switch (draft.body, keyField) {
        case (nil, nil): return (nil, nil)
        case (nil, let field?):
            return (draft.keyBody?.data(with: field.key) ?? KeyBody.data(field: field.name, field.key), json)
        case (.json(let members), nil): return (try encode(members), json)
        case (.json(var members), let field?):
            members[field.name] = .string(field.key.secret)
            return (try encode(members), json)
        case (.data(let data, let mediaType), nil): return (data, mediaType)
        case (.data, _?):
            throw FetchError(.malformedEndpoint, "a key goes into a JSON body, and this body is not JSON")
        }
    }

    private func requireSafety(of draft: RequestDraft) throws(FetchError) {
        let origin = draft.origin
        guard origin.scheme == "http", !origin.isLoopback, !plainHTTPHosts.contains(origin.host) else { return }
        throw .refusedURL(
            draft.url,
            because: "plain http to another machine shows the key to everyone on the way",
            remedy: "Use https, or allow the host by name."
        )
    }

    private static func encode(_ members: [String: JSONValue]) throws(FetchError) -> Data {
        var writer = JSONWriter()
        do throws(JSONWriter.NotFinite) {
            try writer.write(members)
        } catch {
            throw FetchError(.malformedEndpoint, "the body can't be written as JSON")
        }
        return Data(writer.text.utf8)
    }
}

extension URL {
    fileprivate func adding(_ name: String, _ value: String) throws(FetchError) -> URL {
        let item = PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value)
        let separator = query(percentEncoded: true) == nil ? "?" : "&"
        // A fragment isn't sent, and what stands after it would be part of it.
        guard let url = URL(string: absoluteString.prefix { $0 != "#" } + separator + item) else {
            throw FetchError(.malformedEndpoint, "the URL takes no query")
        }
        return url
    }
}
