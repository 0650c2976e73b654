/// An HTTP/2 response that is designed to exhaust its receiver. It is sent as fast as the client reads.
package struct HostileHTTP2: Sendable {
    /// The name in reports.
    package let name: String

    private let send: @Sendable (HTTP2Connection, _ stream: UInt32) -> Void

    /// Responds to each request on a connection in sequence, until the client closes it.
    package func serve(on connection: inout HTTP2Connection) {
        while let stream = connection.nextRequest() { send(connection, stream) }
    }

    private init(_ name: String, _ send: @escaping @Sendable (HTTP2Connection, UInt32) -> Void) {
        self.name = name
        self.send = send
    }

    /// Creates a response with a head of a given size, in fields of 1,000 bytes.
    private init(headOf kilobytes: Int) {
        self.init("a head of \(kilobytes) KB") { connection, stream in
            let value = String(repeating: "v", count: 1_000)
            connection.respond(on: stream, fields: (0..<kilobytes).map { ("x-\($0)", value) })
        }
    }

    /// All hostile HTTP/2 responses.
    package static let all =
        [16, 64, 256, 1_024].map { Self(headOf: $0) } + [
            Self("20,000 tiny header fields") { connection, stream in
                connection.respond(on: stream, fields: (0..<20_000).map { _ in ("a", "b") })
            },
            Self("CONTINUATION frames without end") { $0.floodContinuations(on: $1, bytesPerFrame: 100) },
            Self("empty CONTINUATION frames without end") { $0.floodContinuations(on: $1, bytesPerFrame: 0) },
            Self("empty DATA frames without end") { connection, stream in
                connection.startResponse(on: stream)
                connection.sendForever(HTTP2Frame(.data, stream: stream))
            },
            Self("DATA frames of one byte without end") { connection, stream in
                connection.startResponse(on: stream)
                connection.sendForever(HTTP2Frame(.data, stream: stream, payload: [0x20]))
            },
            Self("PING frames without end") { connection, _ in
                connection.sendForever(HTTP2Frame(.ping, payload: Array(repeating: 0, count: 8)))
            },
            Self("SETTINGS frames without end") { connection, _ in connection.sendForever(HTTP2Frame(.settings)) },
            Self("interim responses without end") { connection, stream in
                let block = HeaderBlock.encoded([(":status", "103")])
                connection.sendForever(HTTP2Frame(.headers, flags: .endHeaders, stream: stream, payload: block))
            },
        ]
}
