public import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLSessionTransport: StreamingTransport {
    /// Sends a request and returns the head of its response as soon as it is received.
    ///
    /// URLSession decodes a compressed body even if the request accepts only `identity`. The response keeps its
    /// `Content-Encoding`, by which the reader recognises that the server has compressed.
    ///
    /// On Linux, URLSession can't be slowed down. If more than 64 MiB are unread, the body ends with
    /// `FetchError.Code.connectionFailed` after them.
    ///
    /// - Parameter request: The request. Its timeout counts from this call to the head.
    /// - Returns: The head, whatever its status, and the body to read. The body keeps its connection alive when the
    ///   transport is released.
    /// - Throws: `FetchError` if there is no head; `CancellationError` as soon as the task is cancelled.
    public func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        try Task.checkCancellation()
        return try await session(for: request).stream(request)
    }
}
