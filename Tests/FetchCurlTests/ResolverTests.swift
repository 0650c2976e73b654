#if os(Linux)
    import Dispatch
    import FetchCore
    import FetchCurl
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Name resolution", .serialized, .timeLimit(.minutes(1)))
    struct ResolverTests {
        @Test func `an unresolved name delays neither timers nor requests to other hosts`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                try await ResolverRun(hosts: 1).check()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `50 unresolved names delay neither timers nor requests to other hosts`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                try await ResolverRun(hosts: 50).check()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `an unknown name fails at once, and the next request resolves it again`() async throws {
            let transport = try CurlTransport { _ in throw CancellationError() }
            let url = try #require(URL(string: "https://nowhere.example/"))
            for _ in 0..<2 {
                let error = try await transport.failure(polling: url)
                #expect(error.code == .connectionFailed)
                #expect(error.message.contains("can't be found"))
                #expect(error.isRetryable)
            }
        }

        @Test func `the next address is used if the first refuses the connection`() async throws {
            let peer = try Peer { $0.socket.serveHTTP1() }
            defer { peer.stop() }
            let transport = try CurlTransport(environment: { _ in nil }) { _ in ["::1", "127.0.0.2", "127.0.0.1"] }
            #expect(try await transport.send(.poll(peer.url(host: "api.example"))).status == 200)
        }
    }

    /// A measurement of 100 requests to hosts whose names aren't resolved, and of concurrent requests to other hosts.
    private struct ResolverRun {
        let hosts: Int

        func check() async throws {
            let gate = DispatchSemaphore(value: 0)
            let transport = try CurlTransport(environment: { _ in nil }) { name in
                if name.hasSuffix(".silent.example") {
                    gate.wait()
                    gate.signal()
                }
                return ["127.0.0.1"]
            }
            let peer = try Peer { $0.socket.serveHTTP1() }
            defer { peer.stop() }
            let usual = try await Latencies(of: 50, polling: peer.url(host: "usual.example"), over: transport)

            let heartbeat = Heartbeat()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<100 { group.addTask { await pollSilent(number, over: transport) } }
                group.addTask { await pollOthers(usual, at: peer, over: transport) }
            }
            let beats = await heartbeat.stop()
            Violations.expect(beats.count >= 5, "the heartbeat had \(beats.count) beats")
            Violations.expect(
                beats.worst <= TimingBound.atMost(.milliseconds(200)),
                "a beat was \(beats.worst.inMilliseconds) late"
            )

            let start = ContinuousClock.now
            await transport.shutdown()
            let elapsed = ContinuousClock.now - start
            Violations.expect(
                elapsed <= TimingBound.atMost(.milliseconds(200)),
                "the shutdown took \(elapsed.inMilliseconds)"
            )
            gate.signal()
        }

        /// Sends a request that never resolves its host. Requests with an even number are cancelled, the others time
        /// out.
        private func pollSilent(_ number: Int, over transport: CurlTransport) async {
            guard let url = URL(string: "https://host\(number % hosts).silent.example/jobs/\(number)") else { return }
            let timeout = Duration.milliseconds(400 + number)
            let polling = Task { try await transport.send(.poll(url, timeout: timeout)) }
            let start = ContinuousClock.now
            if number.isMultiple(of: 2) {
                try? await Task.sleep(for: .milliseconds(number * 5))
                let end = ContinuousClock.now
                polling.cancel()
                guard case .failure = await polling.result else { return Violations.report("\(url) responded") }
                let late = ContinuousClock.now - end
                Violations.expect(
                    late <= TimingBound.atMost(.milliseconds(100)),
                    "a cancellation took \(late.inMilliseconds)"
                )
            } else {
                guard case .failure(let error) = await polling.result else {
                    return Violations.report("\(url) responded")
                }
                let late = ContinuousClock.now - start - timeout
                Violations.expect(
                    late <= TimingBound.atMost(.milliseconds(100)),
                    "a timeout was \(late.inMilliseconds) late"
                )
                Violations.expect((error as? FetchError)?.code == .requestTimeout, "\(error)")
            }
        }

        /// Polls a host with a cached name, a host with a new name and an IP address.
        private func pollOthers(_ usual: Latencies, at peer: Peer, over transport: CurlTransport) async {
            for host in ["usual.example", "new.example", "127.0.0.1"] {
                do {
                    let latencies = try await Latencies(of: 50, polling: peer.url(host: host), over: transport)
                    let median = latencies.median
                    Violations.expect(
                        median <= usual.median * 3 + TimingBound.atMost(.milliseconds(5)),
                        "polls of \(host) took \(median), \(usual.median) before"
                    )
                    let worst = latencies.worst
                    Violations.expect(
                        worst <= TimingBound.atMost(.milliseconds(100)),
                        "a poll of \(host) took \(worst.inMilliseconds)"
                    )
                } catch {
                    Violations.report("\(host): \(error)")
                }
            }
        }
    }
#endif
