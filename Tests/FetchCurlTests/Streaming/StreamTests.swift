import Dispatch
import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import TestSupport
import Testing
import TransportPeers

@Suite("Streamed responses over curl", .timeLimit(.minutes(1)))
struct StreamTests {
    @Test func `the head is returned before the body, and a chunk before the next one`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.head(fields: ["Content-Length: 4", "X-Tag: 1", "x-tag: 2"]))
            for part in ["ab", "cd"] {
                gate.wait()
                connection.socket.send(part)
            }
        }
        defer { peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.url()))
        #expect(response.status == 200)
        #expect(response.headers.fields.filter { $0.name.lowercased() == "x-tag" }.map(\.value) == ["1", "2"])
        var chunks = response.body.makeAsyncIterator()
        for part in ["ab", "cd"] {
            gate.signal()
            #expect(try await chunks.next() == Data(part.utf8))
        }
        #expect(try await chunks.next() == nil)
    }

    @Test(arguments: [0, 1, 1_000, 16_384, 16_385, 200_000, 3_000_000])
    func `a body is returned byte for byte, in every framing`(count: Int) async throws {
        let body = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        for framing in Framing.allCases {
            let peer = try Peer { connection in
                guard connection.socket.receiveRequest() != nil else { return }
                _ = connection.socket.send(framing.response(body))
                connection.socket.finish()
            }
            defer { peer.stop() }
            let response = try await CurlTransport.curl.stream(.download(peer.url()))
            #expect(try await response.body.whole() == body, "\(framing)")
        }
    }

    @Test(arguments: Framing.allCases, [0, 1, 999, 16_384, 70_000])
    func `an incomplete body is returned up to its end, and then throws`(framing: Framing, kept: Int) async throws {
        guard framing != .untilClose else { return }
        let body = Data(repeating: 7, count: 80_000)
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            let bytes = framing.response(body)
            _ = connection.socket.send(Array(bytes.prefix(framing.headCount(body) + kept)))
            connection.socket.finish()
        }
        defer { peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.url()))
        let (bytes, error) = await response.body.rest()
        #expect(bytes == body.prefix(kept))
        let failure = try #require(error as? FetchError)
        #expect(failure.code == .connectionFailed)
        #expect(failure.isRetryable)
    }

    @Test func `a body up to a reset of its connection is returned as far as the system has it, and then throws`()
        async throws
    {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.head(fields: ["Content-Length: 100"]) + "abc")
            // The client closes the connection after the error.
            connection.socket.resetWhenClosed()
        }
        defer { peer.stop() }
        let (bytes, error) = try await CurlTransport.curl.stream(.download(peer.url())).body.rest()
        #expect(Data("abc".utf8).starts(with: bytes))
        #expect((error as? FetchError)?.code == .connectionFailed)
    }

    @Test func `a Content-Length beyond the limit is refused with the head`() async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.head(fields: ["Content-Length: 1001"]))
            connection.socket.drain()
        }
        defer { peer.stop() }
        let error = await #expect(throws: FetchError.self) {
            try await CurlTransport.curl.stream(.download(peer.url(), responseLimit: 1_000))
        }
        #expect(error?.code == .responseTooLarge)
        #expect(await Eventually.holds { peer.openConnections == 0 })
    }

    @Test func `a body beyond the limit throws after at most the limit, and its connection is closed`() async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(BodyPeer.head)
            connection.socket.sendForever(Array(repeating: 1, count: 10_000))
        }
        defer { peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.url(), responseLimit: 3_000_000))
        let (bytes, error) = await response.body.rest()
        #expect((error as? FetchError)?.code == .responseTooLarge)
        #expect(bytes.count <= 3_000_000)
        #expect(bytes.count > 2_900_000)
        #expect(await Eventually.holds { peer.openConnections == 0 })
    }

    @Test func `a body of exactly the limit is returned`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json(String(repeating: "x", count: 50_000))]))
        let response = try await CurlTransport.curl.stream(.download(server.url, responseLimit: 50_000))
        #expect(try await response.body.whole().count == 50_000)
    }

    @Test(arguments: [("HEAD", 200), ("GET", 204), ("GET", 304), ("GET", 200), ("POST", 500)])
    func `a response without a body has an empty one, and its connection is reused`(method: String, status: Int)
        async throws
    {
        let response = FetchResponse(status: status, headers: ["ETag": "\"1\""])
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let transport = try CurlTransport()
        for _ in 0..<3 {
            let response = try await transport.stream(.download(server.url, method: RequestMethod(method)))
            #expect(response.status == status)
            #expect(response.headers["etag"] == "\"1\"")
            #expect(try await response.body.whole().isEmpty)
        }
        #expect(server.connections == 1)
    }

    @Test func `interim responses are skipped, and a trailer isn't part of the body`() async throws {
        let bytes =
            "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2\r\nab\r\n0\r\nHTTP/1.1: 1\r\n\r\n"
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(bytes)
            connection.socket.finish()
        }
        defer { peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.url()))
        #expect(response.status == 200)
        #expect(response.headers.fields.map(\.name) == ["Transfer-Encoding"])
        #expect(try await response.body.whole() == Data("ab".utf8))
    }

    @Test func `a redirect is returned, and its body can be left unread`() async throws {
        let redirect = FetchResponse(status: 302, headers: ["Location": "http://127.0.0.1:9/"], body: Data("gone".utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(redirect)]))
        #expect(try await CurlTransport.curl.stream(.download(server.url)).status == 302)
    }
}

/// The framing of a body over HTTP/1.1.
enum Framing: CaseIterable {
    case length, chunked, untilClose

    func response(_ body: Data) -> [UInt8] {
        switch self {
        case .length, .untilClose: Array(head(body).utf8) + body
        // One chunk, so that the kept bytes are those of the body.
        case .chunked: Array(head(body).utf8) + body + Array("\(body.isEmpty ? "" : "\r\n")0\r\n\r\n".utf8)
        }
    }

    func headCount(_ body: Data) -> Int { head(body).utf8.count }

    private func head(_ body: Data) -> String {
        switch self {
        case .length: HTTP1.head(fields: ["Content-Length: \(body.count)"])
        case .chunked:
            HTTP1.head(fields: ["Transfer-Encoding: chunked"])
                + (body.isEmpty ? "" : "\(String(body.count, radix: 16))\r\n")
        case .untilClose: BodyPeer.head
        }
    }
}
