import FetchTesting

extension Peer {
    /// Creates a TLS server.
    ///
    /// - Parameters:
    ///   - settings: The certificate and the handshake options.
    ///   - serve: The function to run for each connection after a successful handshake. `number` counts all accepted
    ///     connections.
    /// - Throws: `SystemFailure` if no socket or pipe can be opened.
    package convenience init(
        _ settings: TLSSettings,
        serve: @escaping @Sendable (_ stream: TLSStream, _ number: Int) -> Void
    ) throws {
        try self.init { connection in
            guard let stream = TLSStream(connection.socket, settings) else {
                // Closing a socket with unread bytes would send RST, and the client could lose the alert.
                return connection.socket.finish()
            }
            serve(stream, connection.number)
        }
    }

    /// Creates an HTTP/2 server over TLS.
    ///
    /// - Parameters:
    ///   - identity: The certificate and its private key.
    ///   - serve: The function to run for each HTTP/2 connection. `number` counts all accepted connections.
    /// - Throws: `SystemFailure` if no socket or pipe can be opened.
    package convenience init(
        http2 identity: ServerIdentity,
        serve: @escaping @Sendable (_ connection: inout HTTP2Connection, _ number: Int) -> Void
    ) throws {
        var settings = TLSSettings(identity)
        settings.choosesHTTP2 = true
        try self.init(settings) { stream, number in
            guard stream.speaksHTTP2, var connection = HTTP2Connection(stream) else { return }
            serve(&connection, number)
            stream.finish()
        }
    }

    /// Creates a TLS server that responds with a fatal alert to the first connection's ClientHello and serves later
    /// connections.
    ///
    /// - Parameters:
    ///   - alert: The alert description (RFC 8446, section 6).
    ///   - settings: The certificate and the handshake options of later connections.
    ///   - serve: The function to run for each later connection.
    /// - Throws: `SystemFailure` if no socket or pipe can be opened.
    package convenience init(
        alert: UInt8,
        then settings: TLSSettings,
        serve: @escaping @Sendable (TLSStream) -> Void
    ) throws {
        try self.init { connection in
            if connection.number == 1 {
                _ = connection.socket.receive()
                // An alert record of TLS 1.2 with two bytes: the level "fatal" and the description.
                _ = connection.socket.send([0x15, 3, 3, 0, 2, 2, alert])
                return connection.socket.finish()
            }
            guard let stream = TLSStream(connection.socket, settings) else { return connection.socket.finish() }
            serve(stream)
        }
    }
}
