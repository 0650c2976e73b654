public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A small HTTP server on 127.0.0.1 that puts any transport behind a real socket.
///
/// A server is a transport turned round: it takes a request and gives a response. So whatever plays a service in a test
/// can be asked in memory, or, through this server, over TCP by a real client.
///
/// ```swift
/// let server = try LoopbackServer(serving: ScriptedTransport([.json(#"{"status":"processing"}"#)]))
/// defer { server.stop() }
/// let (body, response) = try await URLSession.shared.data(from: server.url)
/// ```
///
/// - The service sees the request as it came: method, header fields, body, and a URL of the server's origin and the
///   request's target.
/// - Its response is sent with a `Content-Length`, and the connection is kept for the next request, unless one of the
///   two sides says `Connection: close`.
/// - Where it throws, the connection is closed without an answer, as when a connection is lost.
/// - Where the client goes away before the answer, the service's task is cancelled.
/// - A ``LoopbackScript`` in place of the service lets it do to each request what no proper server does: see ``LoopbackFault``.
/// - The first server of a process adds 127.0.0.1 to the environment's `no_proxy`, if the environment names a proxy.
/// - What isn't HTTP/1.1 gets 400, a head of more than 64 KiB 431, a body of more than 64 MiB 413.
///
/// It is made for tests: a thread per connection, no TLS, no defence against a hostile client. Don't run it in production.
public final class LoopbackServer: Sendable {
    /// Where the server listens: `http`, `127.0.0.1` and a port of the kernel's choice.
    public let origin: Origin

    /// The origin as a URL.
    public let url: URL

    private let listener: LoopbackListener

    /// Creates a server that listens from here on.
    ///
    /// - Parameter service: What answers the requests.
    /// - Throws: An error that names the system call that failed, such as when no descriptor is left.
    public convenience init(serving service: any FetchTransport) throws {
        try self.init(TransportService(transport: service), acceptsConnections: true)
    }

    /// Creates a server that plays a script.
    ///
    /// - Parameters:
    ///   - script: What it does with the requests.
    ///   - acceptsConnections: Whether it listens from here on. Otherwise it refuses connections until
    ///     ``acceptConnections()``.
    /// - Throws: An error that names the system call that failed, such as when no descriptor is left.
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

    /// Accepts connections from here on, where they were refused so far. Further calls do nothing.
    ///
    /// - Throws: An error that names the system call that failed.
    public func acceptConnections() throws { try listener.start() }

    deinit { stop() }

    /// How many connections have been accepted so far, those included that are closed by now.
    public var connections: Int { listener.accepted }

    /// How many connections are open.
    public var openConnections: Int { listener.open }

    /// Closes all connections that are open, and goes on accepting others.
    package func closeConnections() { listener.closeConnections() }

    /// Closes the listening socket and all connections, and cancels what the service is still working on.
    ///
    /// When it returns, the port refuses connections and all descriptors are closed. Further calls do nothing.
    public func stop() { listener.stop() }
}

extension LoopbackServer: CustomStringConvertible, CustomReflectable {
    /// The origin.
    public var description: String { "LoopbackServer(\(origin))" }

    /// The origin, and nothing of what is being received or sent.
    public var customMirror: Mirror { Mirror(self, children: ["origin": origin], displayStyle: .class) }
}
