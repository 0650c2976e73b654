#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The target of a request.
struct RequestTarget {
    let url: URL
    /// The origin of ``url``.
    let origin: Origin
    /// True if the key may be sent to the target: it has the endpoint's origin or belongs to its domains, or has the
    /// origin that replaces them.
    let isOwn: Bool
}
