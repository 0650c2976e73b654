import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLError {
    /// Creates an error as CFNetwork nests it: the stream's cause in `userInfo`, and in that of the underlying error.
    static func fixture(_ code: Code, stream: (domain: Int, code: Int)?) -> URLError {
        var userInfo: [String: Any] = [:]
        if let stream {
            userInfo = ["_kCFStreamErrorDomainKey": stream.domain, "_kCFStreamErrorCodeKey": stream.code]
        }
        let network = NSError(domain: "kCFErrorDomainCFNetwork", code: code.rawValue, userInfo: userInfo)
        // Above, the code stands without its domain.
        return URLError(
            code,
            userInfo: [NSUnderlyingErrorKey: network, "_kCFStreamErrorCodeKey": stream?.code ?? 0]
        )
    }
}
