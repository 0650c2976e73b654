/// A further request, for providers that return the result separately from the job's status.
///
/// ```swift
/// guard body.status == "completed" else { return .pending }
/// return .followUp(
///     FollowUp("renderings/{id}/content") { .succeeded(try Artifact($0)) }
/// )
/// ```
///
/// The client adds the key and the endpoint's headers if the URL has the endpoint's own origin or belongs to one of its
/// ``FetchEndpoint/domains``. A request to any other server is refused with ``FetchError/Code/refusedURL``, unless its
/// ``authorization`` is ``Authorization/none``, as for the signed URL of a storage service. Such a request carries
/// ``headers`` only.
///
/// A follow-up shares the timeout of the request before it. An endpoint may return at most 64 in a row; one more ends
/// the poll with ``FetchError/Code/malformedEndpoint``.
public struct FollowUp<Output: Sendable>: Sendable {
    /// The target of the request: a path below the endpoint's base URL, or a URL from the response.
    public var place: FollowUpPlace
    /// The method of the request.
    public var method: RequestMethod
    /// The part of the request that carries the key. `nil` for the endpoint's own ``FetchEndpoint/authorization``.
    public var authorization: Authorization?
    /// Header fields of this request. They replace fields of the same name in the endpoint's own.
    public var headers: HeaderFields
    /// The body without the key.
    public var body: RequestBody?
    /// Decodes the response. It may return another follow-up, and throws like ``FetchEndpoint/answer(to:from:)``.
    public var answer: @Sendable (FetchResponse) throws -> FetchAnswer<Output>

    /// Creates a follow-up.
    ///
    /// - Parameters:
    ///   - place: The target of the request: a path template below the endpoint's base URL, or a URL from the response.
    ///   - method: The method of the request. Defaults to `GET`.
    ///   - authorization: The part of the request that carries the key. Defaults to `nil`, which is the endpoint's own.
    ///   - headers: Header fields besides the endpoint's own. Defaults to none.
    ///   - body: The body without the key. Defaults to none.
    ///   - answer: Decodes the response. It runs off the caller's actor and must not block.
    public init(
        _ place: FollowUpPlace,
        method: RequestMethod = .get,
        authorization: Authorization? = nil,
        headers: HeaderFields = [:],
        body: RequestBody? = nil,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.place = place
        self.method = method
        self.authorization = authorization
        self.headers = headers
        self.body = body
        self.answer = answer
    }
}

extension FollowUp {
    /// Returns the same request with another output.
    ///
    /// - Parameter transform: Converts the output. An error that it throws is an error of the request.
    /// - Returns: The follow-up with the other output.
    public func map<Other: Sendable>(_ transform: @escaping @Sendable (Output) throws -> Other) -> FollowUp<Other> {
        FollowUp<Other>(
            place,
            method: method,
            authorization: authorization,
            headers: headers,
            body: body,
            answer: { [answer] in try answer($0).map(transform) }
        )
    }
}
