#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Cancellation, release and shutdown", .serialized, .timeLimit(.minutes(1)))
    struct TransportShutdownTests {
        @Test func `10,000 cancelled requests end at once`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let silent = try Peer { $0.socket.drain() }
                let good = try Peer { $0.socket.serveHTTP1() }
                let transport = try CurlTransport()
                let before = ProcessResources.current
                let url = silent.url()
                let requests = (0..<10_000).map { _ in Task { try await transport.send(.poll(url)) } }
                // 64 requests have a connection, the others are queued.
                while silent.openConnections < 64 { try await Task.sleep(for: .milliseconds(5)) }
                let heartbeat = Heartbeat()
                let start = ContinuousClock.now
                for request in requests { request.cancel() }
                for request in requests {
                    guard case .failure(let error) = await request.result, error is CancellationError else {
                        Violations.report("a request didn't end with CancellationError")
                        continue
                    }
                }
                let elapsed = ContinuousClock.now - start
                Violations.expect(elapsed <= TimingBound.atMost(.seconds(2)), "it took \(elapsed.inMilliseconds)")
                _ = try await Latencies(of: 3, polling: good.url(), over: transport)
                let beats = await heartbeat.stop()
                Violations.expect(
                    beats.worst <= TimingBound.atMost(.milliseconds(500)),
                    "a beat was \(beats.worst.inMilliseconds) late"
                )
                await transport.shutdown()
                silent.stop()
                good.stop()
                await ProcessResources.expectNoMore(than: before)
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `a released transport ends its thread and connections after its last request`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let peer = try Peer { connection in
                    guard connection.socket.receiveRequest() != nil else { return }
                    Thread.sleep(forTimeInterval: 0.1)
                    connection.socket.send(HTTP1.response())
                    connection.socket.serveHTTP1()
                }
                let url = peer.url()
                // Only the requests retain the transport.
                func poll() async throws {
                    let transport = try CurlTransport()
                    async let first = transport.send(.poll(url))
                    async let second = transport.send(.poll(url))
                    let statuses = try await (first.status, second.status)
                    Violations.expect(statuses == (200, 200), "\(statuses)")
                }
                try await poll()
                let before = ProcessResources.current
                for _ in 0..<10 { try await poll() }
                await ProcessResources.expectNoMore(than: before)
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `a shutdown fails running and later requests, and can be repeated`() async throws {
            let silent = try Peer { $0.socket.drain() }
            defer { silent.stop() }
            let transport = try CurlTransport()
            let url = silent.url()
            let requests = (0..<100).map { _ in Task { try await transport.send(.poll(url)) } }
            while silent.openConnections < 64 { try await Task.sleep(for: .milliseconds(5)) }
            await transport.shutdown()
            for request in requests {
                let error = try #require(await #expect(throws: FetchError.self) { try await request.value })
                #expect(error.code == .connectionFailed)
                #expect(!error.isRetryable)
            }
            await transport.shutdown()
            let error = try await transport.failure(polling: url)
            #expect(error.code == .connectionFailed)
            #expect(!error.isRetryable)
        }
    }
#endif
