import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLRequest {
    /// A week, the longest that URLSession waits for anything. Linux can't take every number.
    private static let longestTimeout: Int64 = 7 * 24 * 60 * 60

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
        // Linux counts whole seconds and takes less than one for none. One is added, since the client keeps the exact
        // time, and this must not end the request before it.
        timeoutInterval = TimeInterval(min(max(request.timeout.components.seconds, 0) + 1, Self.longestTimeout))
        for field in request.headers.fields {
            guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw FetchError(.malformedEndpoint, "the header field \(field.name) holds a newline or NUL")
            }
            addValue(field.value, forHTTPHeaderField: field.name)
        }
    }
}
