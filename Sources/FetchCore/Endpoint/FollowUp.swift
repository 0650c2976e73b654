/// One more request, for providers that keep a result apart from the job's state.
///
/// ```swift
/// guard body.status == "completed" else { return .pending }
/// return .followUp(
///     FollowUp("renderings/{id}/content") { .succeeded(try Artifact($0)) }
/// )
/// ```
///
/// The key and the endpoint's headers go along where the URL is of the endpoint's own origin or of one of its
/// ``FetchEndpoint/domains``. To any other origin a follow-up is refused, unless it says `authorization: .none`, as for a
/// signed URL of a storage service.
public struct FollowUp<Output: Sendable>: Sendable {
    /// Where to ask.
    public var place: FollowUpPlace
    /// How to ask.
    public var method: RequestMethod
    /// Where the key goes; nil for the endpoint's own way.
    public var authorization: Authorization?
    /// Header fields besides the endpoint's own.
    public var headers: HeaderFields
    /// What the body holds besides the key.
    public var body: RequestBody?
    /// What the answer means. It may ask for another follow-up.
    public var answer: @Sendable (FetchResponse) throws -> FetchAnswer<Output>

    /// Creates a follow-up.
    ///
    /// - Parameters:
    ///   - place: Where to ask: a path template, or a URL that the answer gave.
    ///   - method: How to ask.
    ///   - authorization: Where the key goes; nil for the endpoint's own way.
    ///   - headers: Header fields besides the endpoint's own.
    ///   - body: What the body holds besides the key.
    ///   - answer: What the answer means.
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
    /// - Parameter transform: Makes the other output. What it throws is an error of the fetch.
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
