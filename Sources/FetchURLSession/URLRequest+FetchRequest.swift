import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLRequest {
    /// The request as URLSession takes it.
    ///
    /// - Throws: ``FetchError`` for what URLSession can't send.
    init(_ request: FetchRequest) throws(FetchError) {
        guard request.method != .get || request.body == nil else {
            throw FetchError(
                .malformedEndpoint,
                "URLSession sends no body with GET",
                remedy: "Let the endpoint use POST, or another transport."
            )
        }
        self.init(url: request.url, cachePolicy: .reloadIgnoringLocalCacheData)
        httpMethod = request.method.description
        httpBody = request.body
        httpShouldHandleCookies = false
        timeoutInterval = Self.patience(beyond: request.timeout)
        for field in request.headers.fields {
            guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw FetchError(.malformedEndpoint, "the header field \(field.name) holds a newline or NUL")
            }
            addValue(field.value, forHTTPHeaderField: field.name)
        }
    }

    /// How long URLSession waits by itself. The transport keeps the exact time, and this must not end the request before it.
    private static func patience(beyond timeout: Duration) -> TimeInterval {
        #if canImport(FoundationNetworking)
            // For ever, or twelve days where `Int` has 32 bits. Otherwise every header field and every part of a body sets a
            // new timer there, which wakes another thread twice. A time that Dispatch can't count in nanoseconds never comes,
            // and wakes nobody; URLSession has to multiply it by a thousand before.
            TimeInterval(Int.max / 2_000)
        #else
            // Up to a week, the longest that it waits for anything.
            TimeInterval(min(max(timeout.components.seconds, 0), 7 * 24 * 60 * 60) + 1)
        #endif
    }
}
