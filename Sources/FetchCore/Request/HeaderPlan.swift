/// The header fields of an endpoint's requests, prepared once for all requests and without the key.
final class HeaderPlan: Sendable {
    private let withoutBody: Fields
    private let withJSON: Fields
    private let authorization: Authorization

    /// Header fields, and the index of the field that carries the key.
    private struct Fields: Sendable {
        let headers: HeaderFields
        let keyIndex: Int?
    }

    /// Prepares the fields.
    ///
    /// - Parameters:
    ///   - headers: The fields that the endpoint declares.
    ///   - authorization: The endpoint's authorization.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a field contains a newline or
    ///   NUL.
    init(_ headers: HeaderFields, _ authorization: Authorization) throws(FetchError) {
        self.authorization = authorization
        withoutBody = try Self.fields(headers, authorization, mediaType: nil)
        withJSON = try Self.fields(headers, authorization, mediaType: "application/json")
    }

    private static func fields(
        _ headers: HeaderFields,
        _ authorization: Authorization,
        mediaType: String?
    ) throws(FetchError) -> Fields {
        let empty = authorization.headerPrefix
        let complete = try headers.completed(authorization, value: empty, mediaType: mediaType)
        guard let name = authorization.headerName else { return Fields(headers: complete, keyIndex: nil) }
        // If the key's field is `Content-Type`, the media type has replaced it.
        let index = complete.index(of: name).flatMap { complete.fields[$0].value == empty ? $0 : nil }
        return Fields(headers: complete, keyIndex: index)
    }

    /// Returns the fields of a request.
    ///
    /// - Parameters:
    ///   - hasBody: True if the request has a JSON body.
    ///   - key: The validated key, or `nil` if the request carries none.
    /// - Returns: The fields, including the key.
    func headers(hasBody: Bool, key: APIKey?) -> HeaderFields {
        let fields = hasBody ? withJSON : withoutBody
        guard let key, let index = fields.keyIndex else { return fields.headers }
        var headers = fields.headers
        headers.setValue(authorization.headerValue(with: key), at: index)
        return headers
    }
}

extension HeaderFields {
    /// Returns the fields with those for the key, the media type and `Accept`.
    ///
    /// - Parameters:
    ///   - authorization: The authorization of the request.
    ///   - value: The value of the key's field, or `nil` if the request carries no key.
    ///   - mediaType: The media type of the body, or `nil` if there is none.
    /// - Returns: All fields to send.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a field contains NUL or a
    ///   newline, which would begin another field.
    func completed(
        _ authorization: Authorization,
        value: String?,
        mediaType: String?
    ) throws(FetchError) -> Self {
        var headers = self
        if let value, let name = authorization.headerName { headers[name] = value }
        if let mediaType { headers["Content-Type"] = mediaType }
        if headers["Accept"] == nil { headers.append(name: "Accept", value: "*/*") }
        if let invalid = headers.fields.first(where: {
            HeaderSyntax.endsField($0.name) || HeaderSyntax.endsField($0.value)
        }) {
            throw FetchError(.malformedEndpoint, "the header \(Excerpt(invalid.name)) contains a newline")
        }
        return headers
    }
}
