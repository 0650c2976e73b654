import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Testing
import TransportPeers

@Suite("Connection reuse", .timeLimit(.minutes(1)))
struct ConnectionReuseTests {
    /// A body that would be wrong for any request of these tests.
    private static let unsolicitedBody = #"{"status":"failed"}"#

    @Test(arguments: [
        ("a second response", HTTP1.response(unsolicitedBody)),
        ("a status 408", HTTP1.response(unsolicitedBody, status: "408 Request Timeout", fields: ["Connection: close"])),
        ("one byte", "H"),
    ])
    func `bytes on an idle connection aren't the next request's response`(name: String, late: String) async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.response())
            Thread.sleep(forTimeInterval: 0.03)
            connection.socket.send(late)
            connection.socket.serveHTTP1()
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        #expect(try await transport.send(.poll(peer.url())).status == 200)
        // The arrival of the late bytes can't be observed.
        try await Task.sleep(for: .milliseconds(100))
        let response = try await transport.send(.poll(peer.url()))
        #expect(response.status == 200)
        #expect(response.body != Data(Self.unsolicitedBody.utf8))
        #expect(peer.connections == 2)
    }

    @Test func `a second response directly after the first is dropped with its connection`() async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.response() + HTTP1.response(Self.unsolicitedBody))
            connection.socket.serveHTTP1()
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        for _ in 0..<3 {
            let response = try await transport.send(.poll(peer.url()))
            #expect(response.body != Data(Self.unsolicitedBody.utf8))
        }
    }

    @Test func `a connection that was closed while idle is replaced`() async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.response())
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        for _ in 0..<3 {
            #expect(try await transport.send(.poll(peer.url())).status == 200)
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(peer.connections == 3)
    }

    @Test(arguments: [true, false])
    func `a reused connection that is lost with its request is replaced once`(resets: Bool) async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.response())
            if connection.socket.receiveRequest() != nil, resets { connection.socket.resetWhenClosed() }
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        for _ in 0..<3 { #expect(try await transport.send(.poll(peer.url())).status == 200) }
        #expect(peer.connections == 3)
    }

    @Test func `a server that closes every connection gets one retry at most`() async throws {
        let peer = try Peer { connection in
            if connection.socket.receiveRequest() != nil, connection.number == 1 {
                connection.socket.send(HTTP1.response())
                _ = connection.socket.receiveRequest()
            }
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        #expect(try await transport.send(.poll(peer.url())).status == 200)
        let error = try await transport.failure(polling: peer.url())
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
        #expect(peer.connections == 2)
    }

    @Test func `a request whose response has begun isn't sent again`() async throws {
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(HTTP1.response())
            if connection.socket.receiveRequest() != nil { connection.socket.send("HTTP/1.1 200 OK\r\nConte") }
        }
        defer { peer.stop() }
        let transport = try CurlTransport()
        #expect(try await transport.send(.poll(peer.url())).status == 200)
        #expect(try await transport.failure(polling: peer.url()).isRetryable)
        #expect(peer.connections == 1)
    }
}
