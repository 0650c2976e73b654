#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a request is made of, before the key is in it.
struct RequestDraft {
    var method: HTTPMethod
    var url: URL
    var headers: HTTPHeaders
    var body: RequestBody?
    var authorization: Authorization
}
