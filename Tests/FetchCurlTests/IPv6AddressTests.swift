import FetchCore
import FetchCurl
import Foundation
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@Suite("IPv6 addresses in URLs", .timeLimit(.minutes(1)))
struct IPv6AddressTests {
    @Test(arguments: ["[::1]", "[::1%25lo]", "[0:0:0:0:0:0:0:1]"])
    func `a literal address is reached, with and without a scope`(host: String) async throws {
        guard let listener = LoopbackListenerV6() else { return }
        defer { listener.close() }
        listener.respondOnce()
        let url = try #require(URL(string: "http://\(host):\(listener.port)/"))
        #expect(try Origin(of: url).description == "http://\(host):\(listener.port)")
        #expect(try await CurlTransport().send(.patient(url: url)).body == Data("v6".utf8))
    }

    @Test(arguments: ["[fe80::1%25]", "[fe80::1%25a%2Fb]", "[fe80::1%25a%25b]", "a%25b"])
    func `an invalid scope is refused`(host: String) throws {
        guard let url = URL(string: "http://\(host)/") else { return }
        #expect(throws: FetchError.self) { try Origin(of: url) }
    }
}

/// A listener on `::1` that responds to one request. Its initialiser fails on a machine without IPv6.
private final class LoopbackListenerV6: Sendable {
    let port: Int
    private let descriptor: Int32

    init?() {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        descriptor = socket(AF_INET6, kind, 0)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard descriptor >= 0, isListening else { return nil }
        port = Int(UInt16(bigEndian: address.sin6_port))
    }

    func respondOnce() {
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nv6"
        Thread.detachNewThread { [descriptor] in
            let connection = accept(descriptor, nil, nil)
            var buffer = [UInt8](repeating: 0, count: 4_096)
            _ = recv(connection, &buffer, buffer.count, 0)
            _ = send(connection, response, response.utf8.count, 0)
            _ = shutdown(connection, Int32(SHUT_RDWR))
        }
    }

    func close() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}
