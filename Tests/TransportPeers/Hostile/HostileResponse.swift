import FetchTesting

/// A response of HTTP/1 that costs its receiver more than any proper one: without an end, or in many small pieces. It is sent as
/// fast as it is taken.
package struct HostileResponse: Sendable {
    /// The words for it in a report.
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

    /// A beginning, and then some bytes again and again.
    private init(_ name: String, _ start: String, forever part: String) {
        self.init(name, Array(start.utf8), forever: Array(part.utf8))
    }

    private init(_ name: String, _ start: [UInt8], forever part: [UInt8]) {
        // Many parts at once, so that the client and not the sender is what takes time.
        let block = Array(repeatElement(part, count: max(1, 65_536 / part.count)).joined())
        self.init(name) { stream in
            if stream.send(start) { stream.sendForever(block) }
        }
    }

    /// A body in some encoding, and blocks of it that stand for no byte.
    private init(_ name: String, encoding: String, _ start: [UInt8] = [], forever part: [UInt8]) {
        self.init(name, Array(HTTP1.head(fields: ["Content-Encoding: \(encoding)"]).utf8) + start, forever: part)
    }

    private static let body = #"{"status":"processing"}"#
    private static let end = "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    private static let openHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    private static let chunkedHead = HTTP1.head(fields: ["Transfer-Encoding: chunked"])

    /// All of them.
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
        // The window's size, and metadata blocks of no byte (RFC 7932, section 9.2).
        Self("brotli of empty blocks", encoding: "br", [0x0C], forever: [0x06]),
        // Frames to be skipped (RFC 8878, section 3.1.2), of no byte.
        Self("zstd of empty frames", encoding: "zstd", forever: [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]),
        Self(
            "gzip within gzip within gzip",
            encoding: "gzip, gzip, gzip, gzip, gzip, gzip",
            GzipStream.head,
            forever: [0, 0, 0, 0xFF, 0xFF]
        ),
    ]
}
