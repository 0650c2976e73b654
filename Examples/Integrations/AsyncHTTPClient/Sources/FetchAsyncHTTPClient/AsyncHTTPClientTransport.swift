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
/// - It owns an `HTTPClient`, which uses the shared event loops of the process or the given ones. ``shutdown()`` or the
///   release of the transport shuts it down.
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
    private let client: HTTPClient
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
        client = HTTPClient(eventLoopGroup: eventLoopGroup, configuration: configuration.clientConfiguration)
    }

    // An `HTTPClient` must be shut down before its release. The shutdown retains it until it is done.
    deinit { _ = client.shutdown() as EventLoopFuture<Void> }

    /// Cancels active requests, closes all connections and returns after they are closed. Further calls have no effect.
    public func shutdown() async {
        // The only error is that the client is already shut down.
        try? await client.shutdown()
    }

    /// Sends a request and returns the response.
    ///
    /// - Parameter request: The request, with its timeout and response limit.
    /// - Returns: The response with its body, decompressed.
    /// - Throws: `FetchError` if the request fails, or `CancellationError` if the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
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
            let head = try await head(of: request)
            return FetchResponse(
                status: Int(head.status.code),
                headers: HeaderFields(head.headers),
                body: try await body(of: head, for: request)
            )
        } catch let error as FetchError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw FetchError(error, for: request, limit: configuration.decompressedLimit)
        }
    }

    /// Returns the head of the response. The request is sent again once if the connection was closed before it could be
    /// written.
    private func head(of request: FetchRequest) async throws -> HTTPClientResponse {
        // This deadline covers only the head. The client cancels the task of this call when the timeout of the exchange
        // expires.
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        do {
            return try await client.execute(HTTPClientRequest(request), deadline: deadline)
        } catch ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.outputClosed {
            return try await client.execute(HTTPClientRequest(request), deadline: deadline)
        }
    }

    /// Returns the body. Throwing from the loop cancels the response and closes its connection.
    private func body(of response: HTTPClientResponse, for request: FetchRequest) async throws -> Data {
        let limit = request.responseLimit
        let declaredSize = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard declaredSize <= limit || request.method == RequestMethod("HEAD") else {
            throw request.responseTooLargeError
        }
        var body = Data()
        for try await part in response.body {
            guard part.readableBytes <= limit - body.count else { throw request.responseTooLargeError }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }
}

extension AsyncHTTPClientTransport: CustomStringConvertible, CustomReflectable {
    /// The name of the type. It contains nothing of the active requests.
    public var description: String { "AsyncHTTPClientTransport" }

    /// A mirror without children, since the client holds requests with keys.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
