#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A builder of HTTP requests from endpoint declarations. No other code adds a key to a request.
struct RequestBuilder: Sendable {
    /// The origins that replace those of the endpoints' base URLs, by provider.
    var origins: [ProviderID: Origin] = [:]

    /// The hosts to which plain http requests are allowed, in lowercase. This machine is always allowed.
    var plainHTTPHosts: Set<String> = []

    /// The maximum size of a response's body in bytes.
    var responseLimit: Int

    /// Returns the prepared parts of an endpoint's requests.
    ///
    /// - Parameters:
    ///   - endpoint: The declarations of the endpoint.
    ///   - calls: What is kept of the endpoint's calls.
    /// - Returns: The form of the endpoint's requests.
    func form(of endpoint: EndpointDeclaration, calls: EndpointCalls) -> RequestForm {
        RequestForm(endpoint, origins: origins, calls: calls)
    }

    /// Creates a request from a draft and adds the key.
    ///
    /// - Parameters:
    ///   - draft: The request without the key.
    ///   - key: The validated key, or `nil` if the authorization is ``Authorization/none``.
    ///   - timeout: The maximum time of the request.
    /// - Returns: The complete request.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` for plain http to another machine, or
    ///   ``FetchError/Code/malformedEndpoint`` if the key, a header or the body can't be sent.
    func request(_ draft: RequestDraft, key: APIKey?, timeout: Duration) throws(FetchError) -> FetchRequest {
        try refusePlainHTTP(draft)
        var url = draft.url
        if let key, case .query(let name) = draft.authorization { url = try url.adding(name, key.secret) }
        let (body, mediaType) = try Self.body(of: draft, key)
        let headers: HeaderFields
        if let plan = draft.plan, mediaType == nil || mediaType == Self.json {
            headers = plan.headers(hasBody: body != nil, key: key)
        } else {
            let value = key.map(draft.authorization.headerValue)
            headers = try draft.headers.completed(draft.authorization, value: value, mediaType: mediaType)
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

    /// Returns the bytes of a draft's body with the key, and their media type.
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
            throw FetchError(.malformedEndpoint, "the key is a member of the JSON body, but this body is not JSON")
        }
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
        // The fragment is removed: an item after it would be part of the fragment, which isn't sent.
        guard let url = URL(string: absoluteString.prefix { $0 != "#" } + separator + item) else {
            throw FetchError(.malformedEndpoint, "the key can't be added to the query of the URL")
        }
        return url
    }
}
