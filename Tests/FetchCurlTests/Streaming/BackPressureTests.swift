import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing
import TransportPeers

@Suite("Back-pressure of streamed responses over curl", .timeLimit(.minutes(1)))
struct BackPressureTests {
    /// The bytes that the unread queue, libcurl's buffer and the buffers of two sockets hold at most.
    private static let buffered = 24 << 20

    @Test func `a server is held back by a reader that doesn't read, and its body is complete nevertheless`()
        async throws
    {
        let peer = try BodyPeer(sending: 64 << 20)
        defer { peer.peer.stop() }
        let response = try await CurlTransport.curl.stream(.download(peer.peer.url()))
        #expect(await peer.heldBack() < Self.buffered)
        #expect(try await response.body.reduce(into: 0) { $0 += $1.count } == 64 << 20)
    }

    @Test func `a paused stream delays neither other requests nor other streams`() async throws {
        let paused = try BodyPeer(sending: 64 << 20)
        let other = try BodyPeer(sending: 4 << 20)
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        defer {
            paused.peer.stop()
            other.peer.stop()
        }
        let transport = try CurlTransport()
        let response = try await transport.stream(.download(paused.peer.url()))
        _ = await paused.heldBack()
        for _ in 0..<20 { #expect(try await transport.send(.patient(url: server.url)).status == 200) }
        let body = try await transport.stream(.download(other.peer.url())).body
        #expect(try await body.reduce(into: 0) { $0 += $1.count } == 4 << 20)
        #expect(paused.sentBytes < Self.buffered)
        #expect(try await response.body.reduce(into: 0) { $0 += $1.count } == 64 << 20)
    }

    @Test func `paused streams don't take the connections of requests to the same host`() async throws {
        let peer = try Peer { connection in
            while let head = connection.socket.receiveRequest() {
                guard head.contains("/long") else {
                    connection.socket.send(HTTP1.response())
                    continue
                }
                connection.socket.send(BodyPeer.head)
                connection.socket.sendForever(Array(repeating: 1, count: 10_000))
            }
        }
        defer { peer.stop() }
        let transport = try CurlTransport(.init(connectionsPerHost: 2))
        let streams = [
            try await transport.stream(.download(peer.url(path: "/long"))),
            try await transport.stream(.download(peer.url(path: "/long"))),
        ]
        for _ in 0..<5 { #expect(try await transport.send(.poll(peer.url())).status == 200) }
        withExtendedLifetime(streams) {}
    }

    #if os(Linux)
        @Test(.enabled(if: OpenSSL.isAvailable))
        func `a paused stream doesn't stop the requests on the HTTP/2 connection to its server`() async throws {
            let authority = try TestAuthority()
            var settings = try authority.settings()
            settings.choosesHTTP2 = true
            let peer = try Peer(settings) { stream, _ in
                if stream.speaksHTTP2 {
                    guard var connection = HTTP2Connection(stream) else { return }
                    while let request = connection.nextRequest() { connection.respond(on: request) }
                } else if stream.receiveRequest() != nil {
                    stream.send(BodyPeer.head)
                    stream.sendForever(Array(repeating: 1, count: 10_000))
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
            let streams = [
                try await transport.stream(.download(peer.url("https"))),
                try await transport.stream(.download(peer.url("https"))),
            ]
            var chunks = streams[1].body.makeAsyncIterator()
            var read = 0
            while read < 8 << 20 {
                read += try #require(try await chunks.next()).count
                if read.isMultiple(of: 16) { #expect(try await transport.send(.poll(peer.url("https"))).status == 200) }
            }
            // One for the requests, and one for each stream.
            #expect(peer.connections == 3)
            // A timeout on the HTTP/2 connection doesn't close those of streams.
            withExtendedLifetime(streams) {}
        }

        @Test func `64 MiB are read slowly within 16 MiB of memory`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let transport = try CurlTransport()
                let warmUp = try BodyPeer(sending: 4 << 20)
                for try await _ in try await transport.stream(.download(warmUp.peer.url())).body {}
                let before = Self.residentBytes
                let peer = try BodyPeer(sending: 64 << 20)
                let body = try await transport.stream(.download(peer.peer.url())).body
                _ = await peer.heldBack()
                var (count, most) = (0, Self.residentBytes - before)
                for try await chunk in body {
                    count += chunk.count
                    most = max(most, Self.residentBytes - before)
                    // The server is ahead again before each tenth of the body.
                    if count % (6 << 20) < chunk.count { _ = await peer.heldBack() }
                }
                Violations.expect(count == 64 << 20, "\(count) bytes were read")
                Violations.expect(most <= 16 << 20, "\(most) bytes of memory were used")
                peer.peer.stop()
                warmUp.peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        /// The resident memory of this process in bytes.
        private static var residentBytes: Int {
            let fields =
                (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii))?.split(separator: " ") ?? []
            return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
    #endif
}
