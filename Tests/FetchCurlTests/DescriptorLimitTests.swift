#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import Foundation
    import Testing
    import TransportPeers

    @Suite("Descriptor limit", .timeLimit(.minutes(1)))
    struct DescriptorLimitTests {
        @Test func `without a free descriptor a request fails, and a later one succeeds`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let peer = try Peer { $0.socket.serveHTTP1() }
                let transport = try CurlTransport()
                var taken: [Int32] = []
                var limit = rlimit()
                getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
                limit.rlim_cur = 64
                setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
                while case let descriptor = dup(2), descriptor >= 0 { taken.append(descriptor) }

                let error = try await transport.failure(polling: peer.url(), timeout: .seconds(10))
                Violations.expect(error.description.contains("no socket"), "the error was \(error)")
                Violations.expect(error.isRetryable, "the error wasn't retryable")
                Violations.expect(error.remedy?.contains("ulimit") == true, "the remedy was \(error.remedy ?? "none")")

                for descriptor in taken { close(descriptor) }
                let status = try await transport.send(.poll(peer.url())).status
                Violations.expect(status == 200, "the status was \(status)")
                await transport.shutdown()
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }
    }
#endif
