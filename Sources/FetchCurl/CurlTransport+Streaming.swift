public import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CurlTransport: StreamingTransport {
    /// Sends a request and returns the head of its response, whatever the status, as soon as it is received.
    ///
    /// The request uses HTTP/1.1 and a connection that carries nothing else until the body is read, so that a slow
    /// reader slows down only its own server. Such connections are counted separately from those of ``send(_:)``, up to
    /// ``Configuration/connectionsPerHost``.
    ///
    /// - Parameter request: The request. Its timeout counts from this call to the head.
    /// - Returns: The head, and the body to read. The body keeps the transport alive.
    /// - Throws: `FetchError` if there is no head; `CancellationError` as soon as the task is cancelled.
    public func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        try Task.checkCancellation()
        try check(request)
        let url = request.url.absoluteString
        let queue = BodyQueue()
        let transfer = CurlTransfer(request, url: url, to: try targets.target(of: request.url, url), body: queue)
        // If this function throws, the release of the reader ends the transfer.
        let reader = BodyReader(queue) { [mailbox] in
            mailbox.post(.resume(transfer))
        } stoppingBy: { [self] in
            mailbox.post(.abandon(transfer, timedOut: false))
        }
        let head = try await head(of: transfer)
        try Task.checkCancellation()
        let headers = HeaderFields(head: head.head)
        guard request.canReceive(contentLength: headers["Content-Length"]) else { throw request.responseTooLargeError }
        return StreamedResponse(status: head.status, headers: headers, body: StreamedResponse.Body(reader))
    }

    private func head(of transfer: CurlTransfer) async throws -> CurlResponse {
        let timer = SharedTimer.continuous.schedule(after: transfer.request.timeout) {
            transfer.finish(throwing: Self.timeout(of: transfer))
        }
        defer { SharedTimer.continuous.cancel(timer) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard transfer.begin(continuation) else { return }
                if !mailbox.post(.start(transfer)) { transfer.finish(throwing: CurlFailure.shutDown(transfer)) }
            }
        } onCancel: {
            transfer.finish(throwing: CancellationError())
        }
    }
}
