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
/// ``authorization`` is ``FollowUpAuthorization/none``, as for the signed URL of a storage service. A request without
/// authorization never carries the key, and to another server it carries ``headers`` only.
///
/// A follow-up says that the job is done: an error of its request has ``FetchError/hasJobEnded``. Each follow-up has
/// the timeout of a request. If it fails and the client polls the job again, it goes on at that follow-up, and what was
/// read before stays. It begins with the request for the status if the server doesn't find the target (404), if the
/// target is refused later (400, 401, 403), since a link may have expired by then, or after five failures in a row.
///
/// An endpoint may return at most 64 in a row; one more ends the poll with ``FetchError/Code/malformedEndpoint``.
public struct FollowUp<Output: Sendable>: Sendable {
    /// The target of the request: a path below the endpoint's base URL, or a URL from the response.
    public var target: FollowUpTarget
    /// The method of the request.
    public var method: RequestMethod
    /// The part of the request that carries the key.
    public var authorization: FollowUpAuthorization
    /// Header fields of this request. They replace fields of the same name in the endpoint's own.
    public var headers: HeaderFields
    /// The body without the key.
    public var body: RequestBody?
    /// Decodes the response. It may return another follow-up, and throws like ``FetchEndpoint/answer(to:from:)``.
    public var answer: @Sendable (FetchResponse) throws -> FetchAnswer<Output>

    /// Creates a follow-up.
    ///
    /// - Parameters:
    ///   - target: The target of the request: a path template below the endpoint's base URL, or a URL from the
    ///     response.
    ///   - method: The method of the request. Defaults to `GET`.
    ///   - authorization: The part of the request that carries the key. Defaults to
    ///     ``FollowUpAuthorization/inherited``, which is the endpoint's own. With ``FollowUpAuthorization/none`` no key
    ///     is sent.
    ///   - headers: Header fields besides the endpoint's own. Defaults to none.
    ///   - body: The body without the key. Defaults to none.
    ///   - answer: Decodes the response. It runs off the caller's actor and must not block.
    public init(
        _ target: FollowUpTarget,
        method: RequestMethod = .get,
        authorization: FollowUpAuthorization = .inherited,
        headers: HeaderFields = [:],
        body: RequestBody? = nil,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.target = target
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
            target,
            method: method,
            authorization: authorization,
            headers: headers,
            body: body,
            answer: { [answer] in try answer($0).map(transform) }
        )
    }
}
