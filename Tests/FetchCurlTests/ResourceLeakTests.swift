#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Resources after TLS and HTTP/2 failures", .enabled(if: OpenSSL.isAvailable), .timeLimit(.minutes(1)))
    struct ResourceLeakTests {
        @Test func `failed connections leave no descriptor and no thread`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let authority = try TestAuthority()
                // In the first pass, system libraries open descriptors that they keep.
                try await Self.failInAllWays(authority)
                let before = ProcessResources.current
                for _ in 0..<3 { try await Self.failInAllWays(authority) }
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        /// Causes each failure once, over a transport that is released without a shutdown.
        private static func failInAllWays(_ authority: TestAuthority) async throws {
            let transport = try authority.transport()
            for row in TLSCase.invalidCertificates + TLSCase.failedHandshakes {
                let peer = try Peer(row.settings(authority.authority)) { stream, _ in stream.serveHTTP1() }
                try await fail(peer, over: transport)
            }
            for alert in [40, 51, 80, 90] as [UInt8] {
                try await fail(Peer(alert: alert, then: authority.settings()) { _ in }, over: transport)
            }
            for bytes in ["", "HTTP/1.1 200 OK\r\nA", HTTP1.head(fields: ["Content-Length: 9"]) + "{}"] {
                let peer = try Peer(authority.settings()) { stream, _ in
                    _ = stream.receiveRequest()
                    stream.send(bytes)
                    stream.cut()
                }
                try await fail(peer, over: transport)
            }
            for act in http2Failures {
                let peer = try Peer(http2: authority.authority.issue()) { connection, _ in
                    guard let stream = connection.nextRequest() else { return }
                    act(connection, stream)
                    connection.ignoreEverything()
                }
                try await fail(peer, over: transport)
            }
        }

        private static let http2Failures: [@Sendable (HTTP2Connection, UInt32) -> Void] = [
            { $0.reset(stream: $1, .internalError) },
            { connection, _ in connection.goAway(lastStream: 0, .enhanceYourCalm) },
            { connection, _ in connection.send(HTTP2Frame(.data, stream: 99)) },
            // No response.
            { _, _ in },
        ]

        private static func fail(_ peer: Peer, over transport: CurlTransport) async throws {
            defer { peer.stop() }
            do {
                _ = try await transport.send(.poll(peer.url("https"), timeout: .milliseconds(300)))
                Violations.report("a request to a failing server succeeded")
            } catch is FetchError {}
        }
    }
#endif
