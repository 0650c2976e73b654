import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLRequest {
    /// Creates the equivalent of a request for URLSession.
    ///
    /// - Parameter request: The request.
    /// - Throws: ``FetchError`` if URLSession can't send the request: a GET with a body, or a header value with a
    ///   newline or NUL.
    init(_ request: FetchRequest) throws(FetchError) {
        guard request.method != .get || request.body == nil else {
            throw FetchError(
                .malformedEndpoint,
                "URLSession can't send a body with GET",
                remedy: "Use POST for the endpoint or another transport."
            )
        }
        self.init(url: request.url, cachePolicy: .reloadIgnoringLocalCacheData)
        httpMethod = request.method.description
        httpBody = request.body
        httpShouldHandleCookies = false
        timeoutInterval = Self.timeoutInterval(beyond: request.timeout)
        for field in request.headers.fields {
            guard !HeaderSyntax.endsField(field.value) else {
                throw FetchError(.malformedEndpoint, "the header field \(field.name) contains a newline or NUL")
            }
            addValue(field.value, forHTTPHeaderField: field.name)
        }
    }

    /// Returns URLSession's own timeout. It must be longer than the request's, which the transport enforces.
    private static func timeoutInterval(beyond timeout: Duration) -> TimeInterval {
        #if canImport(FoundationNetworking)
            // Unlimited, or twelve days with a 32-bit `Int`. With a shorter timeout, every header field and every part
            // of a body sets a new timer there, which wakes another thread twice. A time that overflows Dispatch's
            // nanoseconds never fires. URLSession multiplies the interval by 1,000 first, which must not overflow.
            TimeInterval(Int.max / 2_000)
        #else
            // At most one week, URLSession's own limit.
            TimeInterval(min(max(timeout.components.seconds, 0), 7 * 24 * 60 * 60) + 1)
        #endif
    }
}
