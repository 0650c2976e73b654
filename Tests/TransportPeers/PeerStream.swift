package import FetchTesting

/// The server's side of a connection: bytes in both directions, on the thread that calls.
package protocol PeerStream {
    /// Waits for bytes and returns them. Returns none after the peer has closed the connection or lost it.
    func receive() -> [UInt8]

    /// Sends all of the bytes, waiting while the peer takes none. Returns false if the connection is lost.
    func send(_ bytes: [UInt8]) -> Bool
}

extension PeerStream {
    /// Sends the UTF-8 bytes of a string.
    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends the bytes again and again, as fast as they are taken, until the connection is lost.
    package func sendForever(_ bytes: [UInt8]) { while send(bytes) {} }

    /// Waits for an HTTP/1 request and returns its head, without the empty line. Returns nil if the connection ends before.
    ///
    /// The body is received, as far as a `Content-Length` says, and dropped. Clients that send the next request before the
    /// response aren't supported.
    package func receiveRequest() -> String? {
        var bytes: [UInt8] = []
        while true {
            let more = receive()
            if more.isEmpty { return nil }
            bytes += more
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            var missing = Self.bodyBytes(in: head) - (bytes.count - end.upperBound)
            while missing > 0 {
                let part = receive()
                if part.isEmpty { return nil }
                missing -= part.count
            }
            return head
        }
    }

    private static func bodyBytes(in head: String) -> Int {
        for line in head.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                return Int(parts[1].drop { $0 == " " }) ?? 0
            }
        }
        return 0
    }
}

extension LoopbackSocket: PeerStream {
    /// Waits for bytes and returns them. Returns none after the peer has closed the connection or lost it.
    package func receive() -> [UInt8] { receive(atMost: 64 << 10) }
}
