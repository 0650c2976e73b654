#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a request is made of, before the key is in it.
struct RequestDraft {
    var method: RequestMethod
    var url: URL
    /// That of the URL.
    var origin: Origin
    var headers: HeaderFields
    /// The finished header fields; nil if they have to be made for this request alone.
    var plan: HeaderPlan?
    var body: RequestBody?
    /// The bodies with nothing but the key; nil if they have to be made for this request alone.
    var keyBody: KeyBody?
    var authorization: Authorization
}
