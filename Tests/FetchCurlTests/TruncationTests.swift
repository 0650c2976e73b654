#if os(Linux)
    import FetchCore
    import FetchCurl
    import Foundation
    import Testing
    import TransportPeers

    @Suite("TLS connections without a closing alert", .enabled(if: OpenSSL.isAvailable))
    struct TruncationTests {
        private let authority: TestAuthority

        init() throws { authority = try TestAuthority() }

        @Test(arguments: [
            ("before the head", ""),
            ("in the status line", "HTTP/1.1 2"),
            ("in the head", "HTTP/1.1 200 OK\r\nContent-Type: applica"),
            ("in the body", HTTP1.head(fields: ["Content-Length: 23"]) + #"{"status""#),
            ("in a chunk", HTTP1.head(fields: ["Transfer-Encoding: chunked"]) + "17\r\n{\"status\""),
            ("before the last chunk", HTTP1.head(fields: ["Transfer-Encoding: chunked"]) + "2\r\n{}\r\n"),
            ("after the status line", "HTTP/1.1 200 OK\r\n"),
            ("after an interim response", "HTTP/1.1 103 Early Hints\r\n\r\n"),
        ])
        func `an incomplete response is a retryable connection failure`(place: String, bytes: String) async throws {
            let peer = try Peer(authority.settings()) { stream, number in
                if number > 1 { return stream.serveHTTP1() }
                guard stream.receiveRequest() != nil else { return }
                stream.send(bytes)
                stream.cut()
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let error = try await transport.failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
        }

        @Test func `a complete response is returned, and the next request opens a new connection`() async throws {
            let peer = try Peer(authority.settings()) { stream, _ in
                guard stream.receiveRequest() != nil else { return }
                stream.send(HTTP1.response())
                stream.cut()
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            for _ in 0..<3 { #expect(try await transport.send(.poll(peer.url("https"))).status == 200) }
            #expect(peer.connections == 3)
        }

        @Test func `a body delimited by the end of the connection is returned or a connection failure`() async throws {
            let peer = try Peer(authority.settings()) { stream, _ in
                guard stream.receiveRequest() != nil else { return }
                stream.send(HTTP1.head() + #"{"status""#)
                stream.cut()
            }
            defer { peer.stop() }
            // Only the alert marks the body as complete, and some versions of libcurl ignore a missing alert. The
            // client then fails to decode the truncated JSON with an error that is retryable too.
            do {
                let response = try await authority.transport().send(.poll(peer.url("https")))
                #expect(response.body == Data(#"{"status""#.utf8))
            } catch let error as FetchError {
                #expect(error.code == .connectionFailed)
                #expect(error.isRetryable)
            }
        }

        @Test func `a body up to the closing alert is complete`() async throws {
            let peer = try Peer(authority.settings()) { stream, _ in
                guard stream.receiveRequest() != nil else { return }
                stream.send(HTTP1.head() + "{}")
                stream.finish()
            }
            defer { peer.stop() }
            let response = try await authority.transport().send(.poll(peer.url("https")))
            #expect(response.body == Data("{}".utf8))
        }
    }
#endif
