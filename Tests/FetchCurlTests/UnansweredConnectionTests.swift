#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import Foundation
    import Glibc
    import Testing
    import TransportPeers

    @Suite("Connections that no one answers", .timeLimit(.minutes(1)))
    struct UnansweredConnectionTests {
        @Test func `are given up without a trace for a later connection of the same number`() async throws {
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
                    // From here on, connections belong to another multi handle of libcurl, with the numbers of those before.
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

    /// A port of this machine that answers no attempt to connect, since its queue is full.
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

        /// Returns when so many attempts to connect are under way.
        func waitForConnections(_ count: Int) async throws {
            // The remote address and the state SYN_SENT in the kernel's table of connections.
            let row = String(format: " 0100007F:%04X 02 ", port)
            func underWay() throws -> Int {
                let table = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp")).readToEnd() ?? Data()
                return String(decoding: table, as: UTF8.self).components(separatedBy: row).count - 1
            }
            while try underWay() < count {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
#endif
