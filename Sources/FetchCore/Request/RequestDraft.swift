#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request without the key.
///
/// A reference, since it is large, and passed on often.
final class RequestDraft: Sendable {
    let method: RequestMethod
    let url: URL
    /// The origin of ``url``.
    let origin: Origin
    let headers: HeaderFields
    /// The prepared header fields, which equal ``headers``. `nil` if the fields are specific to this request.
    let plan: HeaderPlan?
    let body: RequestBody?
    /// The cache for bodies that contain only the key. `nil` if the key isn't part of the body, or for a follow-up.
    let keyBody: KeyBody?
    let authorization: Authorization

    init(
        method: RequestMethod,
        url: URL,
        origin: Origin,
        headers: HeaderFields,
        plan: HeaderPlan? = nil,
        body: RequestBody?,
        keyBody: KeyBody? = nil,
        authorization: Authorization
    ) {
        self.method = method
        self.url = url
        self.origin = origin
        self.headers = headers
        self.plan = plan
        self.body = body
        self.keyBody = keyBody
        self.authorization = authorization
    }
}
