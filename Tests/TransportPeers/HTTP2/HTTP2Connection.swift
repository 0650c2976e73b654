/// A minimal server side of an HTTP/2 connection for scripted tests.
///
/// Responses must fit into the client's initial flow control window. Requests are counted, but not decoded.
package struct HTTP2Connection {
    /// The error codes for GOAWAY and RST_STREAM (RFC 9113, section 7).
    package enum ErrorCode: UInt32, Sendable {
        case noError = 0
        case internalError = 2
        case refusedStream = 7
        case enhanceYourCalm = 11
    }

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The payload size that every client accepts: the initial SETTINGS_MAX_FRAME_SIZE.
    private static let maximumPayload = 16_384

    private let stream: any PeerStream
    private var buffer: [UInt8] = []

    /// Sends the server's SETTINGS and reads the client's preface. Fails if the client doesn't speak HTTP/2.
    package init?(_ stream: any PeerStream) {
        self.stream = stream
        guard stream.send(HTTP2Frame(.settings).bytes) else { return nil }
        while buffer.count < Self.preface.count {
            let more = stream.receive()
            if more.isEmpty { return nil }
            buffer += more
        }
        guard buffer.starts(with: Self.preface) else { return nil }
        buffer.removeFirst(Self.preface.count)
    }

    /// Blocks until a complete request arrives and returns its stream identifier; `nil` if the connection ends first.
    ///
    /// Acknowledges SETTINGS and PING meanwhile, and ignores stream resets and window updates.
    package mutating func nextRequest() -> UInt32? {
        while let frame = nextFrame() {
            switch HTTP2Frame.Kind(rawValue: frame.kind) {
            case .headers where frame.flags.contains(.endStream), .data where frame.flags.contains(.endStream):
                return frame.stream
            case .settings where !frame.flags.contains(.acknowledgement),
                .ping where !frame.flags.contains(.acknowledgement):
                let payload = frame.kind == HTTP2Frame.Kind.ping.rawValue ? frame.payload : []
                let kind: HTTP2Frame.Kind = frame.kind == HTTP2Frame.Kind.ping.rawValue ? .ping : .settings
                guard send(HTTP2Frame(kind, flags: .acknowledgement, payload: payload)) else { return nil }
            default: break
            }
        }
        return nil
    }

    /// Receives and drops all bytes until the client closes the connection. Sends nothing.
    package func ignoreEverything() { while !stream.receive().isEmpty {} }

    /// Sends a frame. Returns false if the connection is lost.
    @discardableResult
    package func send(_ frame: HTTP2Frame) -> Bool { stream.send(frame.bytes) }

    /// Sends a complete response on a stream.
    ///
    /// - Parameters:
    ///   - stream: The request's stream identifier.
    ///   - status: The HTTP status.
    ///   - fields: Header fields besides the status and the media type, with lowercase names. A block that exceeds one
    ///     frame continues in CONTINUATION frames.
    ///   - body: The body, in one DATA frame.
    /// - Returns: False if the connection is lost.
    @discardableResult
    package func respond(
        on stream: UInt32,
        status: Int = 200,
        fields: [(name: String, value: String)] = [],
        body: String = #"{"status":"processing"}"#
    ) -> Bool {
        startResponse(on: stream, status: status, fields: fields)
            && send(HTTP2Frame(.data, flags: .endStream, stream: stream, payload: Array(body.utf8)))
    }

    /// Sends the head of a response. Returns false if the connection is lost.
    @discardableResult
    package func startResponse(
        on stream: UInt32,
        status: Int = 200,
        fields: [(name: String, value: String)] = []
    ) -> Bool {
        var kind = HTTP2Frame.Kind.headers
        var rest = HeaderBlock.encoded([(":status", "\(status)"), ("content-type", "application/json")] + fields)[...]
        repeat {
            let part = rest.prefix(Self.maximumPayload)
            rest = rest.dropFirst(part.count)
            let flags: HTTP2Frame.Flags = rest.isEmpty ? .endHeaders : []
            guard send(HTTP2Frame(kind, flags: flags, stream: stream, payload: Array(part))) else { return false }
            kind = .continuation
        } while !rest.isEmpty
        return true
    }

    /// Sends a frame repeatedly, as fast as the client reads, until the connection is lost.
    package func sendForever(_ frame: HTTP2Frame) {
        // Many frames per call, so that the client and not this thread is the bottleneck.
        let count = max(1, 65_536 / frame.bytes.count)
        stream.sendForever(Array(repeatElement(frame.bytes, count: count).joined()))
    }

    /// Sends an endless header block in CONTINUATION frames, as fast as the client reads, until the connection is lost.
    ///
    /// - Parameters:
    ///   - stream: The request's stream identifier.
    ///   - bytesPerFrame: The approximate payload size of each frame; 0 for empty frames.
    package func floodContinuations(on stream: UInt32, bytesPerFrame: Int) {
        guard send(HTTP2Frame(.headers, stream: stream, payload: HeaderBlock.encoded([(":status", "200")]))) else {
            return
        }
        let field = HeaderBlock.encoded([("x", String(repeating: "y", count: max(bytesPerFrame - 8, 0)))])
        sendForever(HTTP2Frame(.continuation, stream: stream, payload: bytesPerFrame == 0 ? [] : field))
    }

    /// Sends GOAWAY. Streams after `lastStream` aren't processed.
    @discardableResult
    package func goAway(lastStream: UInt32, _ code: ErrorCode = .noError) -> Bool {
        send(HTTP2Frame(.goAway, payload: lastStream.bigEndianBytes + code.rawValue.bigEndianBytes))
    }

    /// Sends RST_STREAM instead of a response.
    @discardableResult
    package func reset(stream: UInt32, _ code: ErrorCode) -> Bool {
        send(HTTP2Frame(.resetStream, stream: stream, payload: code.rawValue.bigEndianBytes))
    }

    private mutating func nextFrame() -> HTTP2Frame? {
        while true {
            if let frame = HTTP2Frame(buffer[...]) {
                buffer.removeFirst(9 + frame.payload.count)
                return frame
            }
            let more = stream.receive()
            if more.isEmpty { return nil }
            buffer += more
        }
    }
}
