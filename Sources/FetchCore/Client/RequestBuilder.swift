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
    func request(_ draft: RequestDraft, key: APIKey?, timeout: Duration) throws(FetchError) -> FetchRequest {
        try requireSafety(of: draft)
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
        if request.headers["Accept"] == nil { request.headers.append("Accept", "*/*") }
        try Self.requireOneLine(request.headers)
        return request
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

    /// A value with a newline in it would be two headers, the second of somebody else's choice.
    private static func requireOneLine(_ headers: HTTPHeaders) throws(FetchError) {
        guard let broken = headers.fields.first(where: { $0.name.breaksLine || $0.value.breaksLine }) else { return }
        throw FetchError(.malformedEndpoint, "the header \(Excerpt(broken.name)) holds a newline")
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

    /// A body of one text without escapes, as most are that carry a key: an encoder takes longer for it than all else takes
    /// that makes a request. Nil for any other.
    private static func oneText(_ members: [String: JSONValue]) -> Data? {
        guard members.count == 1, let (name, value) = members.first, case .string(let text) = value else { return nil }
        guard name.needsNoEscape, text.needsNoEscape else { return nil }
        return Data("{\"\(name)\":\"\(text)\"}".utf8)
    }

    private static func encode(_ members: [String: JSONValue]) throws(FetchError) -> Data {
        if let text = oneText(members) { return text }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(members)
        } catch {
            throw FetchError(.malformedEndpoint, "the body can't be written as JSON")
        }
    }
}

extension String {
    fileprivate var breaksLine: Bool {
        utf8.withContiguousStorageIfAvailable(\.breaksLine) ?? Array(utf8).withUnsafeBufferPointer(\.breaksLine)
    }

    /// Whether it stands in JSON as it is.
    fileprivate var needsNoEscape: Bool {
        utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var breaksLine: Bool { contains { $0 == 0 || $0 == 10 || $0 == 13 } }
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
