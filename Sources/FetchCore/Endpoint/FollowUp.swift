#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One more request, for providers that keep a result apart from the job's state.
///
/// ```swift
/// guard status == "COMPLETED" else { return .pending }
/// return .followUp(FollowUp(resultURL) { response in .succeeded(try response.json()) })
/// ```
///
/// The key goes along where the URL is of the endpoint's own origin. To any other origin a follow-up is refused, unless
/// it says `authorization: .none`, as for a signed URL of a storage service.
public struct FollowUp<Output: Sendable>: Sendable {
    /// Where to ask, query included.
    public var url: URL
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

    /// Creates a follow-up.
    public init(
        _ url: URL,
        method: HTTPMethod = .get,
        authorization: Authorization? = nil,
        headers: HTTPHeaders = [:],
        body: RequestBody? = nil,
        answer: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<Output>
    ) {
        self.url = url
        self.method = method
        self.authorization = authorization
        self.headers = headers
        self.body = body
        self.answer = answer
    }
}
