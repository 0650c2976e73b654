package import FetchTesting

/// The server side of a connection as a blocking byte stream.
package protocol PeerStream {
    /// Blocks until bytes arrive and returns them. Returns an empty array at the end of the connection.
    func receive() -> [UInt8]

    /// Sends all bytes and blocks while the client doesn't read. Returns false if the connection is lost.
    func send(_ bytes: [UInt8]) -> Bool
}

extension PeerStream {
    /// Sends the UTF-8 bytes of a string.
    @discardableResult
    package func send(_ string: String) -> Bool { send(Array(string.utf8)) }

    /// Sends the bytes repeatedly, as fast as the client reads, until the connection is lost.
    package func sendForever(_ bytes: [UInt8]) { while send(bytes) {} }

    /// Blocks until an HTTP/1 request arrives and returns its head, without the empty line; `nil` if the connection
    /// ends first.
    ///
    /// Receives and drops a body with a `Content-Length`. Pipelined requests aren't supported.
    package func receiveRequest() -> String? {
        var bytes: [UInt8] = []
        while true {
            let more = receive()
            if more.isEmpty { return nil }
            bytes += more
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            var missing = Self.contentLength(in: head) - (bytes.count - end.upperBound)
            while missing > 0 {
                let part = receive()
                if part.isEmpty { return nil }
                missing -= part.count
            }
            return head
        }
    }

    private static func contentLength(in head: String) -> Int {
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
    /// Blocks until bytes arrive and returns them. Returns an empty array at the end of the connection.
    package func receive() -> [UInt8] { receive(atMost: 64 << 10) }
}
