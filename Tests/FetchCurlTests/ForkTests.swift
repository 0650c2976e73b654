#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import Foundation
    import Glibc
    import SystemLibrary
    import Testing
    import TransportPeers

    @Suite("Forked processes", .timeLimit(.minutes(1)))
    struct ForkTests {
        @Test func `a parent's transport refuses requests in the child and still works in the parent`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let peer = try Peer { $0.socket.serveHTTP1() }
                let transport = try CurlTransport()
                _ = try await Latencies(of: 1, polling: peer.url(), over: transport)

                let forked = try Self.fork { Self.exitWithOutcome(of: transport, polling: peer.url()) }
                Violations.expect(forked == 0, "the forked process ended with \(forked)")

                // These reuse the connection from before the fork.
                _ = try await Latencies(of: 3, polling: peer.url(), over: transport)
                Violations.expect(peer.connections == 1, "there were \(peer.connections) connections")
                await transport.shutdown()
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `a program that the process executes inherits no connections`() async throws {
            let peer = try Peer { $0.socket.serveHTTP1() }
            defer { peer.stop() }
            let transport = try CurlTransport()
            #expect(try await transport.send(.poll(peer.url())).status == 200)
            let inherited = (0..<4_096).filter { descriptor in
                Self.port(ofPeerAt: descriptor) == peer.port && fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0
            }
            #expect(inherited == [])
        }

        /// Runs the body in a forked process and returns its exit status; -1 if a signal ended it.
        ///
        /// The forked process only has this thread, so the body must not wait for another thread and must not suspend.
        private static func fork(_ body: () -> Never) throws -> Int32 {
            // Swift marks fork as unavailable for this reason.
            let fork = try SystemLibrary(["libc.so.6"]).symbol("fork", as: (@convention(c) () -> Int32).self)
            let process = fork()
            if process == 0 {
                alarm(10)
                body()
            }
            var status: Int32 = 0
            waitpid(process, &status, 0)
            return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
        }

        /// Exits with status 0 if the transport refuses the request synchronously with an error that mentions the fork.
        private static func exitWithOutcome(of transport: CurlTransport, polling url: URL) -> Never {
            Task.immediate {
                do {
                    _ = try await transport.send(.poll(url))
                    _exit(1)
                } catch let error as FetchError where error.code == .transportUnavailable {
                    _exit(error.message.contains("fork") ? 0 : 2)
                } catch {
                    _exit(3)
                }
            }
            // The request suspended.
            _exit(4)
        }

        private static func port(ofPeerAt descriptor: Int32) -> UInt16? {
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
            }
            return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
        }
    }
#endif
