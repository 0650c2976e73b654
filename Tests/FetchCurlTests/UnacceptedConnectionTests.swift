#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import Foundation
    import Glibc
    import Testing
    import TransportPeers

    @Suite("Connections that aren't accepted", .timeLimit(.minutes(1)))
    struct UnacceptedConnectionTests {
        @Test func `an abandoned attempt doesn't affect a later connection with the same descriptor`() async throws {
            let child = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
                let full = try FullPort()
                let peer = try Peer { $0.socket.serveHTTP1() }
                let url = peer.url()
                let transport = try CurlTransport(.init(connectionLifetime: .milliseconds(100)))
                for _ in 0..<3 {
                    let requests = (0..<20).map { _ in Task { try await transport.send(.poll(full.url)).status } }
                    try await full.waitForConnections(20)
                    for request in requests { request.cancel() }
                    for request in requests { _ = await request.result }
                    // Later connections belong to a new multi handle and reuse the descriptors of the abandoned ones.
                    try await Task.sleep(for: .milliseconds(150))
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<20 {
                            group.addTask { try await transport.send(.poll(url, timeout: .seconds(3))).status }
                        }
                        for try await status in group { Violations.expect(status == 200, "the status was \(status)") }
                    }
                }
                await transport.shutdown()
                peer.stop()
            }
            #expect(Violations.found(in: child.standardErrorContent) == [])
        }
    }

    /// A loopback port whose accept queue is full, so that further connection attempts get no response.
    private final class FullPort: Sendable {
        let url: URL
        private let port: Int

        init() throws {
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let isFull = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, size) == 0 && listen(listener, 0) == 0 && getsockname(listener, $0, &size) == 0
                        && connect(filler, $0, size) == 0
                }
            }
            try #require(isFull)
            port = Int(UInt16(bigEndian: address.sin_port))
            url = try #require(URL(string: "http://127.0.0.1:\(port)/"))
        }

        /// Returns when at least a number of connection attempts are pending.
        func waitForConnections(_ count: Int) async throws {
            // The remote address and the state SYN_SENT in the kernel's connection table.
            let row = String(format: " 0100007F:%04X 02 ", port)
            func pendingAttempts() throws -> Int {
                let table = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp")).readToEnd() ?? Data()
                return String(decoding: table, as: UTF8.self).components(separatedBy: row).count - 1
            }
            while try pendingAttempts() < count {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
#endif
