public import AsyncHTTPClient
public import FetchCore
import Foundation
public import NIOCore
import NIOHTTP1

/// Carries requests with AsyncHTTPClient, for applications that run on SwiftNIO.
///
/// ```swift
/// let transport = AsyncHTTPClientTransport()
/// let client = FetchClient(registry: registry, transport: transport, credentials: .environment)
/// ```
///
/// - It owns an `HTTPClient` and shares the event loops of the process, or those it is given. It is shut down by ``shutdown()``, or when it
///   is released.
/// - HTTP/1.1, with up to ``Configuration/connectionsPerHost`` connections. Further requests wait for one, for up to the connect timeout.
/// - Redirects aren't followed; there are no cookies, no cache, no log and no traces.
/// - It offers gzip and deflate. A body is received up to `FetchRequest.responseLimit`, after decompression.
/// - Cancelling ends the call at once and closes the connection.
/// - A request's time is that of the whole exchange: the client cancels a request that takes longer.
/// - No error holds a URL's path or query, a header field or a part of a body.
///
/// A response with a status below 100 and a body ends the process, within AsyncHTTPClient 1.37.
///
/// AsyncHTTPClient doesn't read the environment's proxy variables. A proxy is set in the configuration, and then is only for https: it would
/// see a plain request with its key, which is refused with `FetchError.Code.refusedURL`.
public final class AsyncHTTPClientTransport: FetchTransport {
    private let client: HTTPClient
    private let configuration: Configuration

    /// Creates a transport with connections of its own.
    ///
    /// - Parameters:
    ///   - configuration: Connections, TLS and proxy.
    ///   - eventLoopGroup: The event loops that connections run on; not shut down with the transport. Defaults to those that
    ///     AsyncHTTPClient shares in the process.
    public init(
        _ configuration: Configuration = Configuration(),
        eventLoopGroup: any EventLoopGroup = HTTPClient.defaultEventLoopGroup
    ) {
        self.configuration = configuration
        client = HTTPClient(eventLoopGroup: eventLoopGroup, configuration: configuration.clientConfiguration)
    }

    // An `HTTPClient` must be shut down before it is released; it keeps itself until that is done.
    deinit { _ = client.shutdown() as EventLoopFuture<Void> }

    /// Ends the requests under way, closes all connections and returns when that is done. Further calls do nothing.
    public func shutdown() async {
        // The only error is that it has been done.
        try? await client.shutdown()
    }

    /// Sends a request and returns the response.
    ///
    /// - Throws: `FetchError`, and `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        guard configuration.proxy == nil || request.url.scheme?.lowercased() == "https" else {
            throw FetchError(
                .refusedURL,
                "plain http would go through the proxy, which would see the key",
                remedy: "Use https, or a transport without a proxy."
            )
        }
        do {
            let head = try await head(of: request)
            return FetchResponse(
                status: Int(head.status.code),
                headers: FetchCore.HeaderFields(head.headers),
                body: try await body(of: head, for: request)
            )
        } catch let error as FetchError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw FetchError(error, for: request, limit: configuration.decompressedLimit)
        }
    }

    /// The response without its body. The request is sent once more if the connection was closed before it could be written.
    private func head(of request: FetchRequest) async throws -> HTTPClientResponse {
        // Ends with the head. The client cancels the whole exchange in time, and the task of this call with it.
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        do {
            return try await client.execute(HTTPClientRequest(request), deadline: deadline)
        } catch ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.outputClosed {
            return try await client.execute(HTTPClientRequest(request), deadline: deadline)
        }
    }

    /// The body. To leave the loop cancels the response and closes its connection.
    private func body(of response: HTTPClientResponse, for request: FetchRequest) async throws -> Data {
        let limit = request.responseLimit
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard announced <= limit || request.method == FetchCore.RequestMethod("HEAD") else { throw request.responseTooLargeError }
        var body = Data()
        for try await part in response.body {
            guard part.readableBytes <= limit - body.count else { throw request.responseTooLargeError }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }
}

extension AsyncHTTPClientTransport: CustomStringConvertible, CustomReflectable {
    /// `AsyncHTTPClientTransport`, and nothing of the requests that are on their way.
    public var description: String { "AsyncHTTPClientTransport" }

    /// A mirror without children: the client knows the requests, keys inside.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
