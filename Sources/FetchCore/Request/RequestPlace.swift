#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a request goes.
struct RequestPlace {
    let url: URL
    /// That of the URL.
    let origin: Origin
    /// Whether the endpoint's key may go there: it is of the endpoint's own origin or domains, or of what stands for them.
    let isOwn: Bool
}
