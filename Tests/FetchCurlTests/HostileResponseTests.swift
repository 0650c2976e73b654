#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Hostile responses", .serialized, .timeLimit(.minutes(2)))
    struct HostileResponseTests {
        @Test func `a hostile HTTP/1 response ends in time and delays no other provider's deadline`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let silent = try Peer { $0.socket.drain() }
                let good = try Peer { $0.socket.serveHTTP1() }
                let transport = try CurlTransport()
                let before = ProcessResources.current
                for response in HostileResponse.all {
                    let peer = try Peer { connection in
                        // The first two connections serve the two hostile polls, later ones a correct response.
                        if connection.number <= 2 { return response.serve(on: connection.socket) }
                        connection.socket.serveHTTP1()
                    }
                    let run = try HostileRun(
                        response.name,
                        at: peer.url(),
                        silent: silent.url(),
                        good: good.url(),
                        over: transport
                    )
                    await run.check()
                    peer.stop()
                }
                await transport.shutdown()
                silent.stop()
                good.stop()
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test(.enabled(if: OpenSSL.isAvailable))
        func `a hostile HTTP/2 response ends in time and delays no other provider's deadline`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let authority = try TestAuthority()
                let identity = try authority.authority.issue()
                let silent = try Peer { $0.socket.drain() }
                let good = try Peer { $0.socket.serveHTTP1() }
                let transport = try authority.transport()
                let before = ProcessResources.current
                for response in HostileHTTP2.all {
                    let peer = try Peer(http2: identity) { connection, number in
                        // The first connection serves both hostile polls, later ones a correct response.
                        if number == 1 { return response.serve(on: &connection) }
                        while let stream = connection.nextRequest() { connection.respond(on: stream) }
                    }
                    let run = try HostileRun(
                        response.name,
                        at: peer.url("https"),
                        silent: silent.url(),
                        good: good.url(),
                        over: transport
                    )
                    await run.check()
                    peer.stop()
                }
                await transport.shutdown()
                silent.stop()
                good.stop()
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }
    }
#endif
