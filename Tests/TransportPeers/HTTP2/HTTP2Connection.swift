/// The server's side of an HTTP/2 connection, as far as a scripted server needs it: responses within the client's initial window,
/// requests counted but not read.
package struct HTTP2Connection {
    /// The reasons for GOAWAY and RST_STREAM (RFC 9113, section 7).
    package enum Reason: UInt32, Sendable {
        case noError = 0
        case internalError = 2
        case refusedStream = 7
        case enhanceYourCalm = 11
    }

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// The largest payload that every client accepts.
    private static let largestPayload = 16_384

    private let stream: any PeerStream
    private var buffer: [UInt8] = []

    /// Starts a connection on a stream. Returns nil if the client doesn't speak HTTP/2.
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

    /// Waits for a complete request and returns the number of its stream. Returns nil if the connection ends before.
    ///
    /// SETTINGS and PING are acknowledged meanwhile, streams that the client resets and window updates are ignored.
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

    /// Receives and drops everything until the client closes the connection, without sending a byte.
    package func ignoreEverything() { while !stream.receive().isEmpty {} }

    /// Sends a frame. Returns false if the connection is lost.
    @discardableResult
    package func send(_ frame: HTTP2Frame) -> Bool { stream.send(frame.bytes) }

    /// Sends a response to the request of a stream. Returns false if the connection is lost.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - fields: Fields besides the status and the media type, with names in lowercase. More than one frame holds go on in CONTINUATION frames.
    ///   - body: The body, which ends the stream.
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
            let part = rest.prefix(Self.largestPayload)
            rest = rest.dropFirst(part.count)
            let flags: HTTP2Frame.Flags = rest.isEmpty ? .endHeaders : []
            guard send(HTTP2Frame(kind, flags: flags, stream: stream, payload: Array(part))) else { return false }
            kind = .continuation
        } while !rest.isEmpty
        return true
    }

    /// Sends a frame again and again, as fast as it is taken, until the connection is lost.
    package func sendForever(_ frame: HTTP2Frame) {
        // Many frames at once, so that the client and not this thread is what takes time.
        let count = max(1, 65_536 / frame.bytes.count)
        stream.sendForever(Array(repeatElement(frame.bytes, count: count).joined()))
    }

    /// Sends a header block without an end: CONTINUATION frames, as fast as they are taken, until the connection is lost.
    ///
    /// - Parameter bytesPerFrame: The payload of each frame; 0 for empty ones.
    package func floodContinuations(on stream: UInt32, bytesPerFrame: Int) {
        guard send(HTTP2Frame(.headers, stream: stream, payload: HeaderBlock.encoded([(":status", "200")]))) else {
            return
        }
        let field = HeaderBlock.encoded([("x", String(repeating: "y", count: max(bytesPerFrame - 8, 0)))])
        sendForever(HTTP2Frame(.continuation, stream: stream, payload: bytesPerFrame == 0 ? [] : field))
    }

    /// Announces that no further stream is accepted.
    @discardableResult
    package func goAway(lastStream: UInt32, _ reason: Reason = .noError) -> Bool {
        send(HTTP2Frame(.goAway, payload: lastStream.bigEndianBytes + reason.rawValue.bigEndianBytes))
    }

    /// Ends a stream without a response.
    @discardableResult
    package func reset(stream: UInt32, _ reason: Reason) -> Bool {
        send(HTTP2Frame(.resetStream, stream: stream, payload: reason.rawValue.bigEndianBytes))
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
