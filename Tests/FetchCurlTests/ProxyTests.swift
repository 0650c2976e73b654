#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Synchronization
    import TestSupport
    import Testing
    import TransportPeers

    @Suite("Proxies", .enabled(if: OpenSSL.isAvailable), .timeLimit(.minutes(1)))
    struct ProxyTests {
        private let authority: TestAuthority
        private let url = URL(string: "https://api.example.com/jobs/1?key=sk-canary-curl")

        init() throws { authority = try TestAuthority() }

        @Test(arguments: ["", "user:sk-canary-proxy@"])
        func `https uses a tunnel, in which the proxy can't see the request`(credentials: String) async throws {
            let heads = EventLog<String>()
            let settings = TLSSettings(try authority.authority.issue(for: ["DNS:api.example.com"]))
            let peer = try Peer { connection in
                guard let head = connection.socket.receiveRequest() else { return }
                heads.record(head)
                connection.socket.send("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
                // The server at the other end of the tunnel.
                TLSStream(connection.socket, settings)?.serveHTTP1()
            }
            defer { peer.stop() }
            let transport = try transport("http://\(credentials)127.0.0.1:\(peer.port)")
            for _ in 0..<2 {
                let response = try await transport.send(.poll(try #require(url)))
                #expect(response.status == 200)
                #expect(response.headers["X-Proxy"] == nil)
            }
            let head = try #require(heads.events.count == 1 ? heads.events.first : nil)
            #expect(head.hasPrefix("CONNECT api.example.com:443 HTTP/1.1\r\n"))
            #expect(!head.contains(FetchRequest.pollKey))
            #expect(head.contains("Proxy-Authorization: Basic ") == !credentials.isEmpty)
        }

        @Test func `missing proxy credentials aren't retryable, and the error names proxy and status`() async throws {
            let error = try await failure(after: "407 Proxy Authentication Required")
            #expect(!error.isRetryable)
            #expect(error.message.contains("407"))
            #expect(error.remedy?.contains("https_proxy") == true)
        }

        @Test(arguments: ["502 Bad Gateway", "503 Service Unavailable", "403 Forbidden"])
        func `an error about a refused tunnel names proxy and status`(status: String) async throws {
            let error = try await failure(after: status)
            #expect(error.isRetryable)
            #expect(error.message.contains(status.prefix(3)), "\(error.message)")
        }

        private func failure(after status: String) async throws -> FetchError {
            let peer = try Peer { connection in
                guard connection.socket.receiveRequest() != nil else { return }
                connection.socket.send("HTTP/1.1 \(status)\r\nContent-Length: 2\r\n\r\nno")
                connection.socket.drain()
            }
            defer { peer.stop() }
            let transport = try transport("http://user:sk-canary-curl@127.0.0.1:\(peer.port)")
            let error = try await transport.failure(polling: try #require(url))
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("proxy 127.0.0.1:\(peer.port)"), "\(error.message)")
            return error
        }

        @Test func `a silent proxy ends with the connect timeout, and the error names it`() async throws {
            let peer = try Peer { $0.socket.drain() }
            defer { peer.stop() }
            let transport = try transport("http://127.0.0.1:\(peer.port)", connectTimeout: .milliseconds(500))
            let error = try await transport.failure(polling: try #require(url))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
            #expect(error.message.contains("proxy 127.0.0.1:\(peer.port)"), "\(error.message)")
        }

        @Test(arguments: ["", "SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 200 OK\r\nX: "])
        func `an incomplete proxy response is a retryable connection failure`(bytes: String) async throws {
            let peer = try Peer { connection in
                guard connection.socket.receiveRequest() != nil else { return }
                connection.socket.send(bytes)
            }
            defer { peer.stop() }
            let error = try await transport("http://127.0.0.1:\(peer.port)").failure(polling: try #require(url))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
        }

        @Test func `the error about an unreachable proxy names it`() async throws {
            let peer = try Peer { _ in }
            peer.stop()
            let error = try await transport("http://127.0.0.1:\(peer.port)").failure(polling: try #require(url))
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("proxy 127.0.0.1:\(peer.port)"), "\(error.message)")
        }

        @Test func `loading many certificate authorities behind a proxy doesn't trigger the watchdog`() async throws {
            // As many authorities as on a common system. libcurl loads them after the proxy's response.
            let certificate = try String(contentsOf: authority.file, encoding: .utf8)
            let file = FileManager.default.temporaryDirectory.appending(path: "authorities-\(UUID().uuidString).pem")
            try Data(String(repeating: certificate, count: 400).utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let settings = TLSSettings(try authority.authority.issue(for: ["DNS:api.example.com"]))
            let peer = try Peer { connection in
                guard connection.socket.receiveRequest() != nil else { return }
                connection.socket.send("HTTP/1.1 200 Connection established\r\n\r\n")
                TLSStream(connection.socket, settings)?.serveHTTP1()
            }
            defer { peer.stop() }
            let transport = try transport("http://127.0.0.1:\(peer.port)", authorities: file.path())
            #expect(try await transport.send(.poll(try #require(url))).status == 200)
        }

        @Test func `the transport resolves the names of a socks5 proxy and of the server`() async throws {
            let greetings = Mutex<[UInt8]>([])
            let peer = try Peer { connection in
                let greeting = connection.socket.receive()
                greetings.withLock { $0 += greeting.prefix(1) }
            }
            defer { peer.stop() }
            let transport = try CurlTransport(
                environment: { $0 == "all_proxy" ? "socks5://proxy.example:\(peer.port)" : nil },
                resolve: { _ in ["127.0.0.1"] }
            )
            _ = try await transport.failure(polling: try #require(url))
            // The greeting of SOCKS version 5: the connection went to the proxy, whose name only the test's resolver
            // knows.
            #expect(greetings.withLock(\.first) == 5)
        }

        @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
        func `plain http through a proxy is refused`(variable: String) async throws {
            let peer = try Peer { $0.socket.serveHTTP1() }
            defer { peer.stop() }
            let transport = try CurlTransport(
                environment: { $0 == variable ? "http://127.0.0.1:\(peer.port)" : nil },
                resolve: { _ in ["127.0.0.1"] }
            )
            let error = try await transport.failure(polling: try #require(URL(string: "http://127.0.0.1:9/")))
            #expect(error.code == .refusedURL)
            #expect(error.remedy?.contains("no_proxy") == true)
            #expect(peer.connections == 0)
        }

        private func transport(
            _ proxy: String,
            connectTimeout: Duration = .seconds(60),
            authorities: String? = nil
        ) throws -> CurlTransport {
            try CurlTransport(
                CurlTransport.Configuration(
                    connectTimeout: connectTimeout,
                    certificateAuthorities: authorities ?? authority.file.path
                ),
                environment: { $0 == "https_proxy" ? proxy : nil },
                // The proxy resolves the names.
                resolve: { _ in throw CancellationError() }
            )
        }
    }
#endif
