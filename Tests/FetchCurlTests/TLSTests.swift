#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Testing
    import TransportPeers

    @Suite("TLS handshakes", .enabled(if: OpenSSL.isAvailable), .timeLimit(.minutes(1)))
    struct TLSTests {
        private let authority: TestAuthority

        init() throws { authority = try TestAuthority() }

        @Test(arguments: ["127.0.0.1", "localhost"])
        func `a valid certificate is accepted, and the connection reused`(host: String) async throws {
            let peer = try Peer(authority.settings()) { stream, _ in stream.serveHTTP1() }
            defer { peer.stop() }
            let transport = try authority.transport()
            for _ in 0..<3 {
                let response = try await transport.send(.poll(peer.url("https", host: host)))
                #expect(response.status == 200)
            }
            #expect(peer.connections == 1)
        }

        @Test(arguments: TLSCase.invalidCertificates)
        func `an invalid certificate isn't retryable, and the message states the cause`(row: TLSCase) async throws {
            let error = try await failure(of: row)
            #expect(!error.isRetryable)
            #expect(error.remedy != nil)
        }

        @Test(arguments: TLSCase.failedHandshakes)
        func `any other handshake failure is retryable, and the message states the cause`(row: TLSCase) async throws {
            #expect(try await failure(of: row).isRetryable)
        }

        private func failure(of row: TLSCase) async throws -> FetchError {
            let peer = try Peer(row.settings(authority.authority)) { stream, _ in stream.serveHTTP1() }
            defer { peer.stop() }
            let error = try await authority.transport().failure(polling: peer.url("https"))
            #expect(error.code == row.code)
            #expect(error.message.contains(row.cause), "\(error.message)")
            return error
        }

        @Test func `a server without TLS is a connection failure, not an untrusted server`() async throws {
            let peer = try Peer {
                _ = $0.socket.receive(); $0.socket.send(HTTP1.response(status: "400 Bad Request"))
            }
            defer { peer.stop() }
            let error = try await authority.transport().failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("doesn't speak TLS"), "\(error.message)")
        }

        @Test func `a connection closed during the handshake is retryable`() async throws {
            let peer = try Peer { _ = $0.socket.receive() }
            defer { peer.stop() }
            let error = try await authority.transport().failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
        }

        @Test func `a silent handshake ends with the connect timeout`() async throws {
            let peer = try Peer { $0.socket.drain() }
            defer { peer.stop() }
            let transport = try CurlTransport(CurlTransport.Configuration(connectTimeout: .milliseconds(200)))
            let error = try await transport.failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
        }

        /// Fatal alerts, and the part of the message that names the cause.
        private static let alerts: [(alert: UInt8, cause: String)] = [
            (40, "refused the handshake"), (51, "couldn't verify the handshake"), (80, "internal error"),
            (90, "cancelled the handshake"),
        ]

        @Test(arguments: alerts)
        func `after an alert the next request opens a new connection`(alert: UInt8, cause: String) async throws {
            let peer = try Peer(alert: alert, then: authority.settings()) { $0.serveHTTP1() }
            defer { peer.stop() }
            let transport = try authority.transport()
            let error = try await transport.failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
            #expect(error.message.contains(cause), "\(error.message)")
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
            #expect(peer.connections == 2)
        }

        @Test(arguments: alerts)
        func `polling continues after an alert`(alert: UInt8, cause: String) async throws {
            let done = HTTP1.response(#"{"status":"done"}"#)
            let peer = try Peer(alert: alert, then: authority.settings()) { $0.serveHTTP1(done) }
            defer { peer.stop() }
            let client = FetchClient(
                transport: try authority.transport(),
                credentials: .fixed(["alerting": APIKey(FetchRequest.pollKey)]),
                configuration: FetchClient.Configuration(
                    policy: PollingPolicy(
                        deadline: .seconds(3600),
                        minimumGap: .milliseconds(10),
                        maximumGap: .milliseconds(20)
                    )
                )
            )
            let result = try await client.result(PeerEndpoint("alerting", at: peer.url("https")), id: "a")
            #expect(result == "done")
            #expect(peer.connections == 2)
        }
    }
#endif
