#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Hostile responses", .serialized, .timeLimit(.minutes(2)))
    struct HostileResponseTests {
        @Test func `over HTTP/1 delay no other provider's deadline, and end in time`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let silent = try Peer { $0.socket.drain() }
                let transport = try CurlTransport()
                let before = ProcessResources.current
                for response in HostileResponse.all {
                    let peer = try Peer { response.serve(on: $0.socket) }
                    try await HostileRun(response.name, at: peer.url(), silent: silent.url(), over: transport).check()
                    peer.stop()
                }
                await transport.shutdown()
                silent.stop()
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test(.enabled(if: OpenSSL.isAvailable))
        func `over HTTP/2 delay no other provider's deadline, and end in time`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let authority = try TestAuthority()
                let identity = try authority.authority.issue()
                let silent = try Peer { $0.socket.drain() }
                let transport = try authority.transport()
                let before = ProcessResources.current
                for response in HostileHTTP2.all {
                    let peer = try Peer(http2: identity) { connection, _ in response.serve(on: &connection) }
                    let url = peer.url("https")
                    try await HostileRun(response.name, at: url, silent: silent.url(), over: transport).check()
                    peer.stop()
                }
                await transport.shutdown()
                silent.stop()
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }
    }
#endif
