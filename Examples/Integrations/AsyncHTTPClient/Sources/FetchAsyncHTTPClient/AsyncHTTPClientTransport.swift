public import AsyncHTTPClient
public import FetchCore
import Foundation
public import NIOCore
import NIOHTTP1

/// A transport over AsyncHTTPClient, for applications that run on SwiftNIO.
///
/// ```swift
/// let transport = AsyncHTTPClientTransport()
/// let client = FetchClient(registry: registry, transport: transport, credentials: .environment)
/// ```
///
/// - It owns its connections, which use the shared event loops of the process or the given ones. ``shutdown()`` closes
///   them, and so does the release of the transport and of the bodies that it has returned.
/// - It uses HTTP/1.1 with up to ``Configuration/connectionsPerHost`` connections per host. Further requests are queued
///   for up to the connect timeout.
/// - Redirects aren't followed. There are no cookies, no cache, no log and no traces.
/// - gzip and deflate are accepted. A body is limited to `FetchRequest.responseLimit` after decompression.
/// - Cancellation ends the call immediately and closes the connection.
/// - The timeout of a request covers the whole exchange. The client cancels a request that takes longer.
/// - No error contains a URL's path or query, a header field or a part of a body.
///
/// With AsyncHTTPClient 1.37, a response with a status below 100 and a body ends the process.
///
/// AsyncHTTPClient doesn't read proxy variables of the environment. A proxy is set in the configuration and applies
/// only to https. An http request would reveal its key to the proxy, so it is rejected with
/// `FetchError.Code.refusedURL`.
public final class AsyncHTTPClientTransport: FetchTransport {
    private let clients: HTTPClients
    private let configuration: Configuration

    /// Creates a transport with its own connection pool.
    ///
    /// - Parameters:
    ///   - configuration: The settings for connections, TLS and a proxy.
    ///   - eventLoopGroup: The event loops of the connections. The transport doesn't shut them down. Defaults to the
    ///     event loops that AsyncHTTPClient shares in the process.
    public init(
        _ configuration: Configuration = Configuration(),
        eventLoopGroup: any EventLoopGroup = HTTPClient.defaultEventLoopGroup
    ) {
        self.configuration = configuration
        clients = HTTPClients(configuration, eventLoopGroup)
    }

    /// Cancels active requests and streams, closes all connections and returns after they are closed. Further calls
    /// have no effect.
    public func shutdown() async { await clients.shutdown() }

    /// Sends a request and returns the response.
    ///
    /// - Parameter request: The request, with its timeout and response limit.
    /// - Returns: The response with its body, decompressed.
    /// - Throws: `FetchError` if the request fails, or `CancellationError` if the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try await response(to: request) {
            let head = try await head(of: request, by: clients.decoding, accepting: "gzip, deflate")
            return FetchResponse(
                status: Int(head.status.code),
                headers: HeaderFields(head.headers),
                body: try await body(of: head, for: request)
            )
        }
    }

    /// Checks a request, and returns what an operation makes of it, or the `FetchError` for its error.
    private func response<Response>(
        to request: FetchRequest,
        _ operation: () async throws -> Response
    ) async throws -> Response {
        try Task.checkCancellation()
        try request.addressPolicy.check(request.url)
        guard configuration.proxy == nil || request.url.scheme?.lowercased() == "https" else {
            throw FetchError(
                .refusedURL,
                "a plain http request would reveal the key to the proxy",
                remedy: "Use https, or a transport without a proxy."
            )
        }
        do {
            return try await operation()
        } catch let error as FetchError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw FetchError(error, for: request, limit: configuration.decompressedLimit)
        }
    }

    /// Returns the head of the response. The request is sent again once if the connection was closed before it could be
    /// written.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - client: Sends it.
    ///   - encodings: The value of `Accept-Encoding`, unless the request has its own.
    /// - Returns: The head of the response, with the body to read.
    /// - Throws: The errors of AsyncHTTPClient and SwiftNIO.
    private func head(
        of request: FetchRequest,
        by client: HTTPClient,
        accepting encodings: String
    ) async throws -> HTTPClientResponse {
        // This deadline covers only the head. The client cancels the task of `send` when the timeout of the exchange
        // expires.
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        let prepared = HTTPClientRequest(request, accepting: encodings)
        let head: HTTPClientResponse
        do {
            head = try await client.execute(prepared, deadline: deadline)
        } catch ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.outputClosed {
            head = try await client.execute(prepared, deadline: deadline)
        }
        let declaredSize = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard declaredSize <= request.responseLimit || request.method == RequestMethod("HEAD") else {
            throw request.responseTooLargeError
        }
        return head
    }

    /// Returns the body. Throwing from the loop cancels the response and closes its connection.
    private func body(of response: HTTPClientResponse, for request: FetchRequest) async throws -> Data {
        var body = Data()
        for try await part in response.body {
            guard part.readableBytes <= request.responseLimit - body.count else { throw request.responseTooLargeError }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }
}

extension AsyncHTTPClientTransport: StreamingTransport {
    /// Sends a request and returns the head of its response, whatever the status, as soon as it is received.
    ///
    /// AsyncHTTPClient reads a body only as it is consumed, so a slow reader slows its server down. Unless the request
    /// says which encodings it accepts, none is offered.
    ///
    /// - Parameter request: The request. Its timeout counts from this call to the head.
    /// - Returns: The head, and the body to read. The body keeps its connection after the release of the transport.
    /// - Throws: `FetchError` if there is no head; `CancellationError` as soon as the task is cancelled.
    public func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        try await response(to: request) {
            let client = request.headers["Accept-Encoding"] == "identity" ? clients.verbatim : clients.decoding
            let head = try await head(of: request, by: client, accepting: "identity")
            let chunks = ResponseChunks(head.body, of: request, configuration.decompressedLimit, keeping: clients)
            return StreamedResponse(
                status: Int(head.status.code),
                headers: HeaderFields(head.headers),
                body: StreamedResponse.Body(chunks)
            )
        }
    }
}

extension AsyncHTTPClientTransport: CustomStringConvertible, CustomReflectable {
    /// The name of the type. It contains nothing of the active requests.
    public var description: String { "AsyncHTTPClientTransport" }

    /// A mirror without children, since the client holds requests with keys.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
