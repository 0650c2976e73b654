public import FetchCore
import SystemLibrary

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A small HTTP/1.1 server on 127.0.0.1 that serves any transport over a real socket.
///
/// A transport takes a request and returns a response, which is also what a service does. A simulated service can
/// therefore be polled in memory, or by a real client over TCP through this server.
///
/// ```swift
/// let server = try LoopbackServer(serving: ScriptedTransport([.json(#"{"status":"processing"}"#)]))
/// defer { server.stop() }
/// let (body, response) = try await session.data(from: server.url)
/// ```
///
/// - The service receives the request unchanged: method, header fields, body, and a URL that consists of the server's
///   origin and the request's target.
/// - The response is sent with a `Content-Length`. The connection is kept for the next request unless the client or the
///   service sends `Connection: close`.
/// - If the service throws, the connection is closed without a response.
/// - If the client closes the connection before the response, the service's task is cancelled.
/// - A ``LoopbackScript`` instead of a service plays faults: see ``LoopbackFault``.
/// - The first server of a process adds 127.0.0.1 to the environment variable `no_proxy` if the environment names a
///   proxy.
/// - A request that isn't HTTP/1.1 or HTTP/1.0 is rejected with 400, a head of more than 64 KiB with 431, and a body of
///   more than 64 MiB with 413.
///
/// The server is for tests only. It uses a thread for each connection, supports no TLS and has no protection against
/// hostile clients.
public final class LoopbackServer: Sendable {
    /// The origin at which the server listens: `http`, `127.0.0.1` and a port that the kernel chose.
    public let origin: Origin

    /// The origin as a URL.
    public let url: URL

    private let listener: LoopbackListener

    /// Creates a server that passes each request to a transport. It accepts connections immediately.
    ///
    /// - Parameter service: The transport that responds to the requests.
    /// - Throws: An error that names the system call that failed, for example because no descriptor is available.
    public convenience init(serving service: any FetchTransport) throws {
        try self.init(TransportService(transport: service), acceptsConnections: true)
    }

    /// Creates a server that plays a script.
    ///
    /// - Parameters:
    ///   - script: The responses to the requests.
    ///   - acceptsConnections: True to accept connections immediately. Otherwise connections are refused until
    ///     ``acceptConnections()`` is called. Defaults to true.
    /// - Throws: An error that names the system call that failed, for example because no descriptor is available.
    public convenience init(playing script: LoopbackScript, acceptsConnections: Bool = true) throws {
        try self.init(script, acceptsConnections: acceptsConnections)
    }

    init(_ service: any LoopbackService, acceptsConnections: Bool) throws {
        LoopbackProxyBypass.apply
        let socket = try LoopbackSocket.bound()
        do {
            guard let url = URL(string: "http://127.0.0.1:\(try socket.port())") else {
                throw SystemFailure(call: "getsockname")
            }
            self.url = url
            origin = try Origin(of: url)
            listener = try LoopbackListener(socket: socket, origin: origin, service: service)
        } catch {
            socket.close()
            throw error
        }
        if acceptsConnections { try listener.start() }
    }

    /// Starts to accept connections if they have been refused so far. Further calls do nothing.
    ///
    /// - Throws: An error that names the system call that failed.
    public func acceptConnections() throws { try listener.start() }

    deinit { stop() }

    /// The number of connections that have been accepted so far, including closed ones.
    public var connections: Int { listener.accepted }

    /// The number of open connections.
    public var openConnections: Int { listener.open }

    /// Closes all open connections. The server continues to accept new ones.
    package func closeConnections() { listener.closeConnections() }

    /// Closes the listening socket and all connections, and cancels the service's tasks.
    ///
    /// When the function returns, the port refuses connections and all descriptors are closed. Further calls do
    /// nothing. A server is also stopped when it is released.
    public func stop() { listener.stop() }
}

extension LoopbackServer: CustomStringConvertible, CustomReflectable {
    /// `LoopbackServer` and the origin.
    public var description: String { "LoopbackServer(\(origin))" }

    /// A mirror with the origin as its only child. Requests and responses aren't shown.
    public var customMirror: Mirror { Mirror(self, children: ["origin": origin], displayStyle: .class) }
}
