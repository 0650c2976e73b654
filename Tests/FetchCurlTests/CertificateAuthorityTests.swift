#if os(Linux)
    import FetchCore
    import FetchCurl
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Certificate authorities", .enabled(if: OpenSSL.isAvailable))
    struct CertificateAuthorityTests {
        private let authority: TestAuthority

        init() throws { authority = try TestAuthority() }

        @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
        func `an environment variable names the file to trust`(variable: String) async throws {
            let transport = try CurlTransport(
                environment: { [file = authority.file.path] in $0 == variable ? file : nil },
                resolve: { _ in ["127.0.0.1"] }
            )
            #expect(try await status(over: transport) == 200)
        }

        @Test func `the configuration takes precedence over the environment`() async throws {
            let transport = try CurlTransport(
                CurlTransport.Configuration(certificateAuthorities: authority.file.path),
                environment: { $0 == "SSL_CERT_FILE" ? "/nowhere.pem" : nil },
                resolve: { _ in ["127.0.0.1"] }
            )
            #expect(try await status(over: transport) == 200)
        }

        @Test func `the default is the system's file, which doesn't contain the test's authority`() async throws {
            let peer = try Peer(authority.settings()) { stream, _ in stream.serveHTTP1() }
            defer { peer.stop() }
            let transport = try CurlTransport(environment: { _ in nil }, resolve: { _ in ["127.0.0.1"] })
            let error = try await transport.failure(polling: peer.url("https"))
            #expect(error.code == .untrustedServer)
        }

        @Test func `the initialiser refuses a directory`() throws {
            let error = #expect(throws: FetchError.self) {
                try CurlTransport(.init(certificateAuthorities: NSTemporaryDirectory()))
            }
            #expect(error?.code == .transportUnavailable)
            #expect(error?.message.contains("is a directory") == true)
        }

        @Test func `the initialiser refuses a missing file`() throws {
            let error = try #require(
                #expect(throws: FetchError.self) {
                    try CurlTransport(CurlTransport.Configuration(certificateAuthorities: "/nowhere/authorities.pem"))
                }
            )
            #expect(error.code == .transportUnavailable)
            #expect(error.message.contains("/nowhere/authorities.pem"))
            #expect(error.remedy?.contains("SSL_CERT_FILE") == true)
        }

        @Test func `the error about an untrusted server names a file without certificates`() async throws {
            try Data("no certificate\n".utf8).write(to: authority.file)
            let peer = try Peer(authority.settings()) { stream, _ in stream.serveHTTP1() }
            defer { peer.stop() }
            let error = try await authority.transport().failure(polling: peer.url("https"))
            #expect(error.code == .untrustedServer)
            #expect(error.message.contains("certificate authorities in \(authority.file.path())"), "\(error.message)")
        }

        private func status(over transport: CurlTransport) async throws -> Int {
            let peer = try Peer(authority.settings()) { stream, _ in stream.serveHTTP1() }
            defer { peer.stop() }
            return try await transport.send(.poll(peer.url("https", host: "localhost"))).status
        }
    }
#endif
