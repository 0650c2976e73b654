import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLError {
    /// Creates an error with CFNetwork's nesting: the stream's cause is in the `userInfo` of the underlying error.
    static func fixture(_ code: Code, stream: (domain: Int, code: Int)?) -> URLError {
        var userInfo: [String: Any] = [:]
        if let stream {
            userInfo = ["_kCFStreamErrorDomainKey": stream.domain, "_kCFStreamErrorCodeKey": stream.code]
        }
        let network = NSError(domain: "kCFErrorDomainCFNetwork", code: code.rawValue, userInfo: userInfo)
        // CFNetwork stores the code also in the outer error, without the domain.
        return URLError(
            code,
            userInfo: [NSUnderlyingErrorKey: network, "_kCFStreamErrorCodeKey": stream?.code ?? 0]
        )
    }
}
