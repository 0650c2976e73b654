/// The header fields of an endpoint's requests, made once for all of them. Only the key is missing.
struct HeaderPlan: Sendable {
    private let withoutBody: Fields
    private let withJSON: Fields
    private let prefix: String

    /// Fields, and the place of the key's.
    private struct Fields: Sendable {
        let headers: HeaderFields
        let keyIndex: Int?
    }

    /// Makes the fields.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a field would break its line.
    init(_ headers: HeaderFields, _ authorization: Authorization) throws(FetchError) {
        if case .header(_, let prefix) = authorization { self.prefix = prefix } else { prefix = "" }
        withoutBody = try Self.fields(headers, authorization, mediaType: nil)
        withJSON = try Self.fields(headers, authorization, mediaType: "application/json")
    }

    private static func fields(
        _ headers: HeaderFields,
        _ authorization: Authorization,
        mediaType: String?
    ) throws(FetchError) -> Fields {
        let complete = try headers.completed(authorization, secret: "", mediaType: mediaType)
        guard case .header(let name, let prefix) = authorization else {
            return Fields(headers: complete, keyIndex: nil)
        }
        // A media type may have taken the key's field.
        let index = complete.index(of: name).flatMap { complete.fields[$0].value == prefix ? $0 : nil }
        return Fields(headers: complete, keyIndex: index)
    }

    /// The fields of a request.
    ///
    /// - Parameter key: The key, which has been checked.
    func headers(hasBody: Bool, key: APIKey?) -> HeaderFields {
        let fields = hasBody ? withJSON : withoutBody
        guard let key, let index = fields.keyIndex else { return fields.headers }
        var headers = fields.headers
        headers.setValue(prefix + key.secret, at: index)
        return headers
    }
}

extension HeaderFields {
    /// The fields of a request, with the key's and those of its body.
    ///
    /// - Parameter secret: The key; nil if there is none.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a field holds a newline, which would make
    ///   two fields of it, or a zero byte.
    func completed(
        _ authorization: Authorization,
        secret: String?,
        mediaType: String?
    ) throws(FetchError) -> Self {
        var headers = self
        if let secret, case .header(let name, let prefix) = authorization { headers[name] = prefix + secret }
        if let mediaType { headers["Content-Type"] = mediaType }
        if headers["Accept"] == nil { headers.append(name: "Accept", value: "*/*") }
        if let broken = headers.fields.first(where: { $0.name.breaksLine || $0.value.breaksLine }) {
            throw FetchError(.malformedEndpoint, "the header \(Excerpt(broken.name)) holds a newline")
        }
        return headers
    }
}

extension String {
    fileprivate var breaksLine: Bool {
        utf8.withContiguousStorageIfAvailable(\.breaksLine) ?? Array(utf8).withUnsafeBufferPointer(\.breaksLine)
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var breaksLine: Bool { contains { $0 == 0 || $0 == 10 || $0 == 13 } }
}
