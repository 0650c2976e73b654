#if os(Linux)
    import FetchCore
    import FetchCurl
    import Foundation
    import Synchronization
    import Testing
    import TransportPeers

    @Suite("HTTP/2 connections", .enabled(if: OpenSSL.isAvailable), .timeLimit(.minutes(1)))
    struct HTTP2Tests {
        private let authority: TestAuthority

        init() throws { authority = try TestAuthority() }

        @Test func `32 concurrent requests share one connection`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, _ in
                // Responds in reverse order when all requests have arrived.
                var streams: [UInt32] = []
                while streams.count < 32, let stream = connection.nextRequest() { streams.append(stream) }
                for stream in streams.reversed() { connection.respond(on: stream, body: #"{"stream":\#(stream)}"#) }
                while let stream = connection.nextRequest() { connection.respond(on: stream) }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let url = peer.url("https")
            let bodies = try await withThrowingTaskGroup(of: Data.self) { group in
                for _ in 0..<32 { group.addTask { try await transport.send(.poll(url)).body } }
                return try await group.reduce(into: Set<Data>()) { $0.insert($1) }
            }
            #expect(bodies.count == 32)
            #expect(peer.connections == 1)
        }

        @Test func `a silent connection isn't used after a timeout on it`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                while let stream = connection.nextRequest() {
                    connection.respond(on: stream)
                    if number == 1 { return connection.ignoreEverything() }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let url = peer.url("https")
            #expect(try await transport.send(.poll(url)).status == 200)
            let error = try await transport.failure(polling: url, timeout: .milliseconds(300))
            #expect(error.code == .requestTimeout)
            #expect(error.isRetryable)
            #expect(try await transport.send(.poll(url)).status == 200)
            #expect(peer.connections == 2)
        }

        @Test func `a silent connection isn't used after a timeout, even if it carries other requests`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                while let stream = connection.nextRequest() {
                    connection.respond(on: stream)
                    if number == 1 { return connection.ignoreEverything() }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let url = peer.url("https")
            #expect(try await transport.send(.poll(url)).status == 200)
            // Is sent again when the connection is given up, or begins late enough to use the next one. It never waits
            // for an hour.
            let patient = Task { try await transport.send(.poll(url, timeout: .seconds(3600))) }
            #expect(try await transport.failure(polling: url, timeout: .milliseconds(300)).code == .requestTimeout)
            #expect(try await transport.send(.poll(url)).status == 200)
            #expect(try await patient.value.status == 200)
            // The two requests that are sent again may open a connection each.
            #expect((2...3).contains(peer.connections))
        }

        @Test func `a request whose connection ends before the response is sent again`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                while let stream = connection.nextRequest() {
                    connection.respond(on: stream)
                    if number == 1 {
                        _ = connection.nextRequest()
                        return
                    }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
            #expect(peer.connections == 2)
        }

        @Test func `a timeout doesn't close a connection on which other responses arrive`() async throws {
            let hasSlowRequest = Mutex(false)
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                // The second request gets no response.
                var count = 0
                while let stream = connection.nextRequest() {
                    count += 1
                    if number == 1, count == 2 {
                        hasSlowRequest.withLock { $0 = true }
                    } else {
                        connection.respond(on: stream)
                    }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let url = peer.url("https")
            #expect(try await transport.send(.poll(url)).status == 200)
            async let slow = transport.failure(polling: url, timeout: .milliseconds(400))
            while !hasSlowRequest.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
            let end = ContinuousClock.now + .milliseconds(600)
            var (last, longestGap) = (ContinuousClock.now, Duration.zero)
            while ContinuousClock.now < end {
                #expect(try await transport.send(.poll(url)).status == 200)
                longestGap = max(longestGap, ContinuousClock.now - last)
                last = ContinuousClock.now
            }
            #expect(try await slow.code == .requestTimeout)
            // If no response arrives within 200 ms, as on a loaded machine, the transport considers the connection
            // dead.
            if longestGap < .milliseconds(150) { #expect(peer.connections == 1) }
        }

        @Test func `a connection that always carries a request is replaced at its lifetime`() async throws {
            let openStreams = Mutex(0)
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                // The first connection responds to each request when the next one has arrived, so one is always open.
                var open: UInt32?
                while let stream = connection.nextRequest() {
                    if number > 1 {
                        connection.respond(on: stream)
                    } else {
                        if let open { connection.respond(on: open) }
                        open = stream
                        openStreams.withLock { $0 += 1 }
                    }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport(connectionLifetime: .milliseconds(300))
            let url = peer.url("https")
            try await withThrowingTaskGroup(of: Void.self) { group in
                var count = 0
                while peer.connections < 2, count < 2_000 {
                    group.addTask { _ = try? await transport.send(.poll(url, timeout: .seconds(5))) }
                    count += 1
                    // Sends the next request when this one has arrived, over either connection.
                    let arrived = { openStreams.withLock { $0 } >= count || peer.connections > 1 }
                    while !arrived() { try await Task.sleep(for: .milliseconds(2)) }
                }
                #expect(try await transport.send(.poll(url)).status == 200)
                group.cancelAll()
            }
            #expect(peer.connections >= 2)
        }

        @Test func `after GOAWAY the next request opens a new connection`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, _ in
                guard let stream = connection.nextRequest() else { return }
                connection.respond(on: stream)
                connection.goAway(lastStream: stream)
                _ = connection.nextRequest()
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            for _ in 0..<3 { #expect(try await transport.send(.poll(peer.url("https"))).status == 200) }
            #expect(peer.connections == 3)
        }

        @Test func `a request that GOAWAY excludes is sent again`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, number in
                guard let first = connection.nextRequest() else { return }
                connection.respond(on: first)
                while let stream = connection.nextRequest() {
                    if number == 1 {
                        connection.goAway(lastStream: first)
                    } else {
                        connection.respond(on: stream)
                    }
                }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            for _ in 0..<3 { #expect(try await transport.send(.poll(peer.url("https"))).status == 200) }
            #expect(peer.connections == 2)
        }

        @Test func `a reset stream fails only its own request`() async throws {
            let peer = try Peer(http2: authority.authority.issue()) { connection, _ in
                guard let first = connection.nextRequest() else { return }
                connection.reset(stream: first, .internalError)
                while let stream = connection.nextRequest() { connection.respond(on: stream) }
            }
            defer { peer.stop() }
            let transport = try authority.transport()
            let error = try await transport.failure(polling: peer.url("https"))
            #expect(error.code == .connectionFailed)
            #expect(error.isRetryable)
            #expect(try await transport.send(.poll(peer.url("https"))).status == 200)
        }

        @Test(arguments: [16, 32])
        func `a head of 16 or 32 KB is accepted`(kilobytes: Int) async throws {
            let value = String(repeating: "v", count: 1_000)
            let peer = try Peer(http2: authority.authority.issue()) { connection, _ in
                while let stream = connection.nextRequest() {
                    connection.respond(on: stream, fields: (0..<kilobytes).map { ("x-\($0)", value) })
                }
            }
            defer { peer.stop() }
            let response = try await authority.transport().send(.poll(peer.url("https")))
            #expect(response.headers["X-\(kilobytes - 1)"] == value)
        }
    }
#endif
