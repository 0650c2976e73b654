import FetchTesting
import TransportPeers

/// A response as it is sent over a socket.
struct WireResponse: Sendable {
    /// The way in which a server tells the end of a body.
    enum Framing: CaseIterable { case length, chunked, close }

    /// The way in which a connection ends.
    enum Ending { case close, reset }

    var status = "200 OK"
    /// The lines of the header fields, without those of the framing.
    var fields: [String] = []
    var body: [UInt8] = []
    var framing = Framing.length
    /// The number of bytes of the body that are sent. `nil` if it isn't cut.
    var end: Int?
    var ending = Ending.close
    /// True if the body never ends.
    var isEndless = false
    /// True if the connection ends without a response.
    var isSilent = false

    /// Sends the response.
    func send(to connection: Peer.Connection) {
        if ending == .reset { connection.socket.resetWhenClosed() }
        if isSilent { return }
        var lines = ["HTTP/1.1 \(status)", "Connection: close"] + fields
        switch framing {
        case .length: lines.append("Content-Length: \(body.count)")
        case .chunked: lines.append("Transfer-Encoding: chunked")
        case .close: break
        }
        guard connection.send((lines + ["", ""]).joined(separator: "\r\n")) else { return }
        let sent = body.prefix(end ?? body.count)
        guard framing == .chunked else {
            _ = connection.send(Array(sent))
            if isEndless { connection.sendForever([UInt8](repeating: 1, count: 16 << 10)) }
            return
        }
        for start in stride(from: 0, to: sent.count, by: 7_000) {
            let chunk = sent[start..<min(start + 7_000, sent.count)]
            let bytes = Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            guard connection.send(bytes) else { return }
        }
        if end == nil { connection.send("0\r\n\r\n") }
    }
}

extension WireResponse {
    /// A response with a file.
    static func file(_ bytes: [UInt8], _ fields: String..., framing: Framing = .length, cutAt end: Int? = nil) -> Self {
        Self(fields: ["Content-Type: image/png"] + fields, body: bytes, framing: framing, end: end)
    }

    /// A response with the rest of a file, as it is asked for.
    static func rest(_ bytes: [UInt8], from start: Int, _ fields: String...) -> Self {
        let range = "Content-Range: bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
        let fields = ["Content-Type: image/png", range] + fields
        return Self(status: "206 Partial Content", fields: fields, body: Array(bytes[start...]))
    }

    /// A response with a status and a short body.
    static func status(_ status: String, _ fields: String..., body: String = "") -> Self {
        Self(status: status, fields: fields, body: Array(body.utf8))
    }
}

extension Peer.Connection: PeerStream {
    package func receive() -> [UInt8] { socket.receive() }
    package func send(_ bytes: [UInt8]) -> Bool { socket.send(bytes) }
}
