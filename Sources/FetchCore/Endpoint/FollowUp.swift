#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One more request, for providers that keep a result apart from the job's state.
///
/// ```swift
/// guard body.status == "completed" else { return .pending }
/// return .followUp(
///     FollowUp("renderings/{id}/content") { response in
///         try response.requireSuccess()
///         return .succeeded(response.body)
///     }
/// )
/// ```
///
/// The place is a path below the endpoint's base URL, with the job's id in its place, or a URL that the answer gave. The
/// key and the endpoint's headers go along where that URL is of the endpoint's own origin. To any other origin a follow-up is
/// refused, unless it says `authorization: .none`, as for a signed URL of a storage service.
public struct FollowUp<Output: Sendable>: Sendable {
    /// Where a follow-up goes.
    public enum Place: Sendable, Hashable {
        /// Below the endpoint's base URL, with the job's id in its place if there is one.
        case path(PathTemplate)
        /// Where the answer said.
        case url(URL)
    }

    /// Where to ask.
    public var place: Place
    /// How to ask.
    public var method: HTTPMethod
    /// Where the key goes; nil for the endpoint's own way.
    public var authorization: Authorization?
    /// Header fields besides the endpoint's own.
    public var headers: HTTPHeaders
    /// What the body holds besides the key.
    public var body: RequestBody?
    /// What the answer means. It may ask for another follow-up.
    public var answer: @Sendable (FetchResponse) throws -> FetchAnswer<Output>

    /// Creates a follow-up to a path below the endpoint's base URL.
    public init(
        _ path: PathTemplate,
        method: HTTPMethod = .get,
        authorization: Authorization? = nil,
        headers: HTTPHeaders = [:],
        body: RequestBody? = nil,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.init(
            place: .path(path),
            method: method,
            authorization: authorization,
            headers: headers,
            body: body,
            answer: answer
        )
    }

    /// Creates a follow-up to a URL that the answer gave, query included.
    public init(
        url: URL,
        method: HTTPMethod = .get,
        authorization: Authorization? = nil,
        headers: HTTPHeaders = [:],
        body: RequestBody? = nil,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.init(
            place: .url(url),
            method: method,
            authorization: authorization,
            headers: headers,
            body: body,
            answer: answer
        )
    }

    private init(
        place: Place,
        method: HTTPMethod,
        authorization: Authorization?,
        headers: HTTPHeaders,
        body: RequestBody?,
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
