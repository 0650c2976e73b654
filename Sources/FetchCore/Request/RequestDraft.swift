#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request without the key.
struct RequestDraft: Sendable {
    var method: RequestMethod
    var url: URL
    /// The origin of ``url``.
    var origin: Origin
    var headers: HeaderFields
    /// The prepared header fields, which equal ``headers``. `nil` if the fields are specific to this request.
    var plan: HeaderPlan?
    var body: RequestBody?
    /// The cache for bodies that contain only the key. `nil` if the key isn't part of the body, or for a follow-up.
    var keyBody: KeyBody?
    var authorization: Authorization
}
