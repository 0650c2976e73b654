#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import Foundation
    import Glibc
    import SystemLibrary
    import Testing
    import TransportPeers

    @Suite("A process that is forked", .timeLimit(.minutes(1)))
    struct ForkTests {
        @Test func `has to create a transport of its own, and leaves its parent's alone`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let peer = try Peer { $0.socket.serveHTTP1() }
                let transport = try CurlTransport()
                _ = try await Latencies(of: 1, polling: peer.url(), over: transport)

                let forked = try Self.fork { Self.exitWithOutcome(of: transport, polling: peer.url()) }
                Violations.expect(forked == 0, "the forked process ended with \(forked)")

                // Over the connection from before.
                _ = try await Latencies(of: 3, polling: peer.url(), over: transport)
                Violations.expect(peer.connections == 1, "there were \(peer.connections) connections")
                await transport.shutdown()
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }

        @Test func `doesn't inherit connections if it runs another program`() async throws {
            let peer = try Peer { $0.socket.serveHTTP1() }
            defer { peer.stop() }
            let transport = try CurlTransport()
            #expect(try await transport.send(.poll(peer.url())).status == 200)
            let inherited = (0..<4_096).filter { descriptor in
                Self.port(ofPeerAt: descriptor) == peer.port && fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0
            }
            #expect(inherited == [])
        }

        /// Runs the body in a forked process and returns the status with which it ended; -1 if a signal ended it.
        ///
        /// The forked process has this thread alone: its body must neither wait for another one nor suspend.
        private static func fork(_ body: () -> Never) throws -> Int32 {
            // Swift declares fork unavailable, for that very reason.
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

        /// Ends the process, with the status 0 if the transport refuses at once and says why.
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
            // Not decided at once.
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
