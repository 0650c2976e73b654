import Dispatch
import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import TestSupport
import Testing
import TransportPeers

@Suite("Ends of streamed responses over curl", .timeLimit(.minutes(1)))
struct StreamEndTests {
    /// Returns a peer that sends a head and the begin of a body, and then nothing.
    private static func silentPeer(after bytes: String = BodyPeer.head + "abc") throws -> Peer {
        try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(bytes)
            connection.socket.drain()
        }
    }

    @Test func `the timeout counts until the head`() async throws {
        let peer = try Self.silentPeer(after: "HTTP/1.1 200 OK\r\n")
        defer { peer.stop() }
        let error = await #expect(throws: FetchError.self) {
            try await CurlTransport.curl.stream(.download(peer.url(), timeout: .milliseconds(100)))
        }
        #expect(error?.code == .requestTimeout)
        #expect(await Eventually.holds { peer.openConnections == 0 })
    }

    @Test func `the timeout doesn't count after the head`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil else { return }
            connection.socket.send(BodyPeer.head + "a")
            gate.wait()
            connection.socket.send("b")
            connection.socket.finish()
        }
        defer { peer.stop() }
        let timeout = Duration.milliseconds(300)
        let response = try await CurlTransport.curl.stream(.download(peer.url(), timeout: timeout))
        // An action that was scheduled later, and for a later time, runs after the request's timeout.
        await withCheckedContinuation { continuation in
            _ = SharedTimer.continuous.schedule(after: timeout * 1.5) { continuation.resume() }
        }
        gate.signal()
        #expect(try await response.body.whole() == Data("ab".utf8))
    }

    @Test func `cancellation before the head ends the call and closes the connection`() async throws {
        let peer = try Self.silentPeer(after: "HTTP/1.1 200 OK\r\n")
        defer { peer.stop() }
        let streaming = Task { try await CurlTransport.curl.stream(.download(peer.url())).status }
        #expect(await Eventually.holds { peer.openConnections == 1 })
        streaming.cancel()
        await #expect(throws: CancellationError.self) { try await streaming.value }
        #expect(await Eventually.holds { peer.openConnections == 0 })
    }

    @Test func `cancellation while the reader waits ends it and closes the connection`() async throws {
        let peer = try Self.silentPeer()
        defer { peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.url()))
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let reading = Task {
            var chunks = response.body.makeAsyncIterator()
            while try await chunks.next() != nil { continuation.yield() }
        }
        for await _ in started { break }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(await Eventually.holds { peer.openConnections == 0 })
    }

    @Test func `releasing an unread body closes the connection`() async throws {
        let peer = try BodyPeer(sending: 64 << 20)
        defer { peer.peer.stop() }
        do { _ = try await CurlTransport.curl.stream(.download(peer.peer.url())) }
        #expect(await Eventually.holds { peer.peer.openConnections == 0 })
        #expect(peer.sentBytes < 64 << 20)
    }

    @Test func `leaving the loop closes the connection`() async throws {
        let peer = try BodyPeer(sending: 64 << 20)
        defer { peer.peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.peer.url()))
        for try await _ in response.body { break }
        #expect(await Eventually.holds { peer.peer.openConnections == 0 })
        withExtendedLifetime(response) {}
    }

    @Test func `a body can be read after the transport is released`() async throws {
        let peer = try BodyPeer(sending: 8 << 20)
        defer { peer.peer.stop() }
        let body = try await CurlTransport().stream(.download(peer.peer.url())).body
        #expect(try await body.reduce(into: 0) { $0 += $1.count } == 8 << 20)
    }

    @Test func `a shutdown ends a body with an error that isn't retryable, after what was received`() async throws {
        let peer = try Self.silentPeer()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let body = try await transport.stream(.download(peer.url())).body
        await transport.shutdown()
        let (bytes, error) = await body.rest()
        #expect(Data("abc".utf8).starts(with: bytes))
        #expect((error as? FetchError)?.code == .connectionFailed)
        #expect((error as? FetchError)?.isRetryable == false)
        await #expect(throws: FetchError.self) { try await transport.stream(.download(peer.url())) }
    }

    @Test func `no error contains a part of the request but its origin`() async throws {
        let peer = try Self.silentPeer(after: HTTP1.head(fields: ["Content-Length: 9"]))
        let url = try #require(URL(string: "\(peer.url())secret-path?key=secret-key"))
        let response = try await CurlTransport.curl.stream(.download(url, headers: ["X-Key": "secret-field"]))
        peer.stop()
        let (_, error) = await response.body.rest()
        var dumped = ""
        dump(error, to: &dumped)
        #expect(error != nil)
        #expect(!dumped.contains("secret"))
    }

    #if os(Linux)
        @Test func `1,000 streams that are dropped leave no descriptor`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let transport = try CurlTransport()
                let peer = try Peer { connection in
                    guard connection.socket.receiveRequest() != nil else { return }
                    connection.socket.send(BodyPeer.head)
                    connection.socket.sendForever(Array(repeating: 1, count: 10_000))
                }
                // In the first pass, system libraries open descriptors that they keep.
                try await Self.drop(10, of: peer, over: transport)
                let before = ProcessResources.current
                try await Self.drop(1_000, of: peer, over: transport)
                _ = await Eventually.holds { peer.openConnections == 0 }
                await ProcessResources.expectNoMore(than: before, spareThreads: 8)
                Violations.expect(peer.connections == 1_010, "\(peer.connections) connections")
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        /// Opens streams and drops them unread, after the first chunk, or while a reader waits.
        private static func drop(_ count: Int, of peer: Peer, over transport: CurlTransport) async throws {
            for number in 0..<count {
                let response = try await transport.stream(.download(peer.url()))
                switch number % 3 {
                case 0: break
                case 1: for try await _ in response.body { break }
                default:
                    let reading = Task { await response.body.rest().bytes.count }
                    reading.cancel()
                    _ = await reading.value
                }
            }
        }
    #endif
}
