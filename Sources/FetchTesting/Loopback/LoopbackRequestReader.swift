import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads HTTP/1.1 requests from a connection.
struct LoopbackRequestReader {
    /// A request. `keepsConnection` is true if the client may send another one on the same connection.
    struct Incoming {
        var request: FetchRequest
        var keepsConnection: Bool
    }

    /// The reason for which bytes are rejected as a request, with the status of the response.
    struct Refusal: Error {
        var status = 400
        var reason: String
    }

    private static let maximumHeadBytes = 64 << 10
    private static let maximumBodyBytes = 64 << 20
    private static let maximumPipelinedBytes = 1 << 20

    private let socket: LoopbackSocket
    private let origin: Origin
    /// The bytes that have been received and not parsed yet.
    private var buffer: [UInt8] = []

    init(socket: LoopbackSocket, origin: Origin) {
        self.socket = socket
        self.origin = origin
    }

    /// Returns the next request, or `nil` if the client closed the connection.
    mutating func next() throws(Refusal) -> Incoming? {
        guard let bytes = try nextHead() else { return nil }
        let head = try LoopbackRequestHead(bytes)
        guard let url = URL(string: "\(origin)\(head.target)", encodingInvalidCharacters: false) else {
            throw Refusal(reason: "The target isn't part of a URL.")
        }
        if head.framing != .none, head.headers["Expect"]?.lowercased() == "100-continue" {
            _ = socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        guard let body = try nextBody(head.framing) else { return nil }
        let request = FetchRequest(
            method: head.method,
            url: url,
            headers: head.headers,
            body: body.isEmpty ? nil : Data(body)
        )
        return Incoming(request: request, keepsConnection: head.keepsConnection)
    }

    /// True if the buffer has room for bytes of pipelined requests.
    var hasRoom: Bool { buffer.count < Self.maximumPipelinedBytes }

    /// Receives bytes that the client sends before the response to its last request. Returns false if the connection
    /// has ended.
    ///
    /// Call this function only if the socket is readable. Otherwise it blocks.
    mutating func receiveEarly() -> Bool { receive() }

    /// Returns the bytes before the empty line, or `nil` at the end of the stream.
    private mutating func nextHead() throws(Refusal) -> ArraySlice<UInt8>? {
        let end: [UInt8] = [13, 10, 13, 10]
        var searched = 0
        while true {
            // A TLS client, for example, sends no empty line and waits for a response.
            guard buffer.first.map(HeaderSyntax.isTokenByte) ?? true else {
                throw Refusal(reason: "The request line doesn't begin with a method.")
            }
            if let found = buffer[searched...].firstRange(of: end) {
                guard found.lowerBound <= Self.maximumHeadBytes else { break }
                let head = buffer[..<found.lowerBound]
                buffer.removeFirst(found.upperBound)
                return head
            }
            guard buffer.count <= Self.maximumHeadBytes else { break }
            searched = max(buffer.count - 3, 0)
            guard receive() else { return nil }
        }
        throw Refusal(status: 431, reason: "The head is larger than \(Self.maximumHeadBytes) bytes.")
    }

    private mutating func nextBody(_ framing: LoopbackRequestHead.Framing) throws(Refusal) -> [UInt8]? {
        switch framing {
        case .none: return []
        case .length(let count):
            try Self.check(bodyOf: count)
            return take(count)
        case .chunked: return try nextChunks()
        }
    }

    private mutating func nextChunks() throws(Refusal) -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            guard let line = try nextLine() else { return nil }
            let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
                .trimmingCharacters(of: " \t")
            guard
                !digits.isEmpty, digits.utf8.count <= 8,
                digits.utf8.allSatisfy({ ASCII.hexadecimalValue($0) != nil }),
                let count = Int(digits, radix: 16)
            else { throw Refusal(reason: "A chunk has no valid size.") }
            if count == 0 { break }
            try Self.check(bodyOf: body.count + count)
            guard let chunk = take(count), let end = take(2) else { return nil }
            guard end == [13, 10] else { throw Refusal(reason: "A chunk doesn't match its size.") }
            body += chunk
        }
        var trailerBytes = 0
        while true {
            guard let line = try nextLine() else { return nil }
            if line.isEmpty { return body }
            trailerBytes += line.count
            guard trailerBytes <= Self.maximumHeadBytes else {
                throw Refusal(status: 431, reason: "The trailer is larger than \(Self.maximumHeadBytes) bytes.")
            }
        }
    }

    private mutating func nextLine() throws(Refusal) -> [UInt8]? {
        while true {
            if let end = buffer.firstRange(of: [13, 10] as [UInt8]) {
                let line = Array(buffer[..<end.lowerBound])
                buffer.removeFirst(end.upperBound)
                return line
            }
            guard buffer.count <= Self.maximumHeadBytes else {
                throw Refusal(reason: "A line is larger than \(Self.maximumHeadBytes) bytes.")
            }
            guard receive() else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        while buffer.count < count {
            guard receive() else { return nil }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private mutating func receive() -> Bool {
        let bytes = socket.receive()
        buffer += bytes
        return !bytes.isEmpty
    }

    private static func check(bodyOf count: Int) throws(Refusal) {
        guard count <= maximumBodyBytes else {
            throw Refusal(status: 413, reason: "The body is larger than \(maximumBodyBytes) bytes.")
        }
    }
}
