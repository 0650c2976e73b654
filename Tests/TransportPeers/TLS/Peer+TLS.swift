import FetchTesting

extension Peer {
    /// Creates a server of TLS.
    ///
    /// - Parameters:
    ///   - settings: The certificate and the handshake.
    ///   - serve: Called for each connection whose handshake has succeeded, with its number among all that were accepted.
    package convenience init(
        _ settings: TLSSettings,
        serve: @escaping @Sendable (_ stream: TLSStream, _ number: Int) -> Void
    ) throws {
        try self.init { connection in
            guard let stream = TLSStream(connection.socket, settings) else {
                // Closing at once, with bytes unread, would destroy the alert on its way.
                return connection.socket.finish()
            }
            serve(stream, connection.number)
        }
    }

    /// Creates a server of HTTP/2 over TLS.
    ///
    /// - Parameters:
    ///   - identity: The certificate.
    ///   - serve: Called for each connection, with its number.
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

    /// Creates a server of TLS that ends the first connection with an alert in place of its hello, and then is an ordinary one.
    ///
    /// - Parameters:
    ///   - alert: The description of the fatal alert (RFC 8446, section 6).
    ///   - settings: The certificate and the handshake from the second connection on.
    ///   - serve: Called for each further connection.
    package convenience init(
        alert: UInt8,
        then settings: TLSSettings,
        serve: @escaping @Sendable (TLSStream) -> Void
    ) throws {
        try self.init { connection in
            if connection.number == 1 {
                _ = connection.socket.receive()
                // A record of type alert, version 1.2, two bytes long: fatal, and the reason.
                _ = connection.socket.send([0x15, 3, 3, 0, 2, 2, alert])
                return connection.socket.finish()
            }
            guard let stream = TLSStream(connection.socket, settings) else { return connection.socket.finish() }
            serve(stream)
        }
    }
}
