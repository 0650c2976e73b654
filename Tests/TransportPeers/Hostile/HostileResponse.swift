import FetchTesting

/// An HTTP/1 response that is designed to exhaust its receiver: endless, or in many small parts. It is sent as fast as
/// the client reads.
package struct HostileResponse: Sendable {
    /// The name in reports.
    package let name: String

    private let send: @Sendable (any PeerStream) -> Void

    /// Responds to each request on a connection until the client closes it.
    package func serve(on stream: some PeerStream) {
        while stream.receiveRequest() != nil { send(stream) }
    }

    private init(_ name: String, _ send: @escaping @Sendable (any PeerStream) -> Void) {
        self.name = name
        self.send = send
    }

    /// Creates a response that consists of a start and an endlessly repeated part.
    private init(_ name: String, _ start: String, forever part: String) {
        self.init(name, Array(start.utf8), forever: Array(part.utf8))
    }

    private init(_ name: String, _ start: [UInt8], forever part: [UInt8]) {
        // Many parts per call, so that the client and not this thread is the bottleneck.
        let block = Array(repeatElement(part, count: max(1, 65_536 / part.count)).joined())
        self.init(name) { stream in
            if stream.send(start) { stream.sendForever(block) }
        }
    }

    /// Creates a response with an encoded body that endlessly repeats a block.
    private init(_ name: String, encoding: String, _ start: [UInt8] = [], forever part: [UInt8]) {
        self.init(name, Array(HTTP1.head(fields: ["Content-Encoding: \(encoding)"]).utf8) + start, forever: part)
    }

    private static let body = #"{"status":"processing"}"#
    private static let end = "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    private static let openHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    private static let chunkedHead = HTTP1.head(fields: ["Transfer-Encoding: chunked"])

    /// All hostile HTTP/1 responses.
    package static let all = heads + chunks + encodings

    private static let heads = [
        Self("58,000 tiny header fields") { stream in
            stream.send(openHead + String(repeating: "a:b\r\n", count: 58_000) + end)
        },
        Self("58,000 folded lines") { stream in
            stream.send(
                openHead + "X: a\r\n" + String(repeating: " b\r\n", count: 58_000) + "Content-Length: 2\r\n\r\n{}"
            )
        },
        Self("header fields without end", openHead, forever: "a:b\r\n"),
        Self("folded lines without end", openHead + "X: a\r\n", forever: " b\r\n"),
        Self("one header field without end", openHead + "X: ", forever: "abcdefgh"),
        Self("a status line without end", "HTTP/1.1 200 ", forever: "abcdefgh"),
        Self("line feeds without end", "", forever: "\n"),
        Self("interim responses without end", "", forever: "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"),
        Self("a head that ends in CR CR LF") { stream in
            stream.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\r\n\(body)")
        },
    ]

    private static let chunks = [
        Self("chunks of one byte without end", chunkedHead, forever: "1\r\nx\r\n"),
        Self("chunks with long extensions", chunkedHead, forever: "1;\(String(repeating: "e", count: 8_000))\r\nx\r\n"),
        Self("one chunk extension without end", chunkedHead + "1;", forever: "abcdefgh"),
        Self("trailer fields without end", chunkedHead + "0\r\n", forever: "a:b\r\n"),
        Self("a body without end", HTTP1.head(), forever: "abcdefgh"),
    ]

    private static let encodings = [
        Self("gzip of empty blocks", encoding: "gzip", GzipStream.head, forever: [0, 0, 0, 0xFF, 0xFF]),
        Self("a gzip bomb", encoding: "gzip", GzipStream.bombHead, forever: GzipStream.bombCycle),
        // The window size, then empty metadata blocks (RFC 7932, section 9.2).
        Self("brotli of empty blocks", encoding: "br", [0x0C], forever: [0x06]),
        // Empty skippable frames (RFC 8878, section 3.1.2).
        Self("zstd of empty frames", encoding: "zstd", forever: [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]),
        Self(
            "gzip within gzip within gzip",
            encoding: "gzip, gzip, gzip, gzip, gzip, gzip",
            GzipStream.head,
            forever: [0, 0, 0, 0xFF, 0xFF]
        ),
    ]
}
