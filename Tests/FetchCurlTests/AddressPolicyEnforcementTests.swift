import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing
import TransportPeers

@Suite("Address policy over curl", .timeLimit(.minutes(1)))
struct AddressPolicyEnforcementTests {
    private let peer: Peer

    init() throws { peer = try Peer { $0.socket.serveHTTP1() } }

    /// Sends a request and streams one, and returns the errors, which must be the same.
    private func refusal(
        _ url: URL,
        over transport: CurlTransport,
        policy: AddressPolicy = .publicOnly
    ) async throws -> FetchError {
        let request = FetchRequest.download(url, addressPolicy: policy)
        let sent = await #expect(throws: FetchError.self) { try await transport.send(request) }
        let streamed = await #expect(throws: FetchError.self) { try await transport.stream(request) }
        #expect(sent?.code == streamed?.code)
        #expect(sent?.message == streamed?.message)
        return try #require(sent)
    }

    private func transport(resolving addresses: String...) throws -> CurlTransport {
        try CurlTransport(environment: { _ in nil }) { _ in addresses }
    }

    @Test(arguments: [
        "127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
    ])
    func `a name whose addresses are all refused isn't connected to`(address: String) async throws {
        defer { peer.stop() }
        let error = try await refusal(peer.url(host: "cdn.example"), over: transport(resolving: address))
        #expect(error.code == .refusedURL)
        #expect(!error.isRetryable)
        #expect(error.message.contains("its name resolves to a"))
        #expect(error.message.contains("http://cdn.example"))
        #expect(peer.connections == 0)
    }

    @Test func `of several addresses, only the public ones are connected to`() async throws {
        defer { peer.stop() }
        // No server responds at the public address, which belongs to a network without hosts. What counts is that this
        // machine's peer, which would, isn't connected to.
        let transport = try CurlTransport(.init(connectTimeout: .milliseconds(100)), environment: { _ in nil }) { _ in
            ["127.0.0.1", "192.0.9.9", "::1"]
        }
        let request = FetchRequest.download(peer.url(host: "cdn.example"), addressPolicy: .publicOnly)
        let error = await #expect(throws: FetchError.self) { try await transport.stream(request) }
        #expect(error?.code == .connectionFailed)
        #expect(peer.connections == 0)
        #expect(transport.enforcesAddressPolicy)
    }

    @Test(arguments: [
        "127.0.0.1", "[::1]", "127.1", "0x7f000001", "2130706433", "017700000001", "localhost", "127.0.0.1.",
    ])
    func `an address in the URL is refused in every form`(host: String) async throws {
        defer { peer.stop() }
        let url = try #require(URL(string: "http://\(host):\(peer.port)/"))
        let transport = try transport(resolving: "127.0.0.1")
        #expect(try await refusal(url, over: transport).code == .refusedURL)
        #expect(peer.connections == 0)
    }

    @Test func `a name that changes its address after the first resolution is refused`() async throws {
        defer { peer.stop() }
        let lookups = Mutex(0)
        let transport = try CurlTransport(
            .init(connectTimeout: .milliseconds(100), connectionLifetime: .milliseconds(100)),
            environment: { _ in nil }
        ) { _ in
            lookups.withLock { $0 += 1 }
            return [lookups.withLock { $0 } == 1 ? "192.0.9.9" : "127.0.0.1"]
        }
        let request = FetchRequest.download(peer.url(host: "rebinding.example"), addressPolicy: .publicOnly)
        var codes: Set<FetchError.Code> = []
        while lookups.withLock({ $0 }) < 3 {
            let error = await #expect(throws: FetchError.self) { try await transport.stream(request) }
            if let error { codes.insert(error.code) }
        }
        #expect(codes == [.connectionFailed, .refusedURL])
        #expect(peer.connections == 0)
    }

    @Test func `a connection of a request without restrictions isn't reused`() async throws {
        defer { peer.stop() }
        // Without restrictions, the name leads to the peer; with them, to a network without hosts.
        let transport = try CurlTransport(.init(connectTimeout: .milliseconds(100)), environment: { _ in nil }) { _ in
            ["127.0.0.1", "192.0.9.9"]
        }
        let url = peer.url(host: "cdn.example")
        for _ in 0..<2 {
            #expect(try await transport.send(.download(url)).status == 200)
            #expect(try await transport.stream(.download(url)).body.whole().isEmpty == false)
            // How a network without hosts fails differs by machine and moment.
            let request = FetchRequest.download(url, addressPolicy: .publicOnly)
            let sent = await #expect(throws: FetchError.self) { try await transport.send(request) }
            let streamed = await #expect(throws: FetchError.self) { try await transport.stream(request) }
            #expect([sent?.code, streamed?.code] == [.connectionFailed, .connectionFailed])
        }
        #expect(peer.connections == 2)
    }

    @Test func `a host that is allowed by name is connected to, whatever its address`() async throws {
        defer { peer.stop() }
        let transport = try transport(resolving: "127.0.0.1")
        let policy = AddressPolicy.publicOnly(allowing: ["cdn.example", "127.0.0.1"])
        for host in ["cdn.example", "127.0.0.1"] {
            let request = FetchRequest.download(peer.url(host: host), addressPolicy: policy)
            #expect(try await transport.send(request).status == 200)
            #expect(try await transport.stream(request).body.whole().isEmpty == false)
        }
        #expect(try await refusal(peer.url(host: "other.example"), over: transport, policy: policy).code == .refusedURL)
    }

    @Test(arguments: ["http://127.0.0.1:9", "socks5h://127.0.0.1:9"])
    func `behind a proxy that resolves names, the host in the URL is checked, and the proxy may have any address`(
        proxy: String
    ) async throws {
        let transport = try CurlTransport(environment: { $0 == "https_proxy" ? proxy : nil }) { _ in ["127.0.0.1"] }
        let literal = try #require(URL(string: "https://10.0.0.1/"))
        #expect(try await refusal(literal, over: transport).code == .refusedURL)
        // The proxy isn't there, which is found out by connecting to it.
        let named = try #require(URL(string: "https://cdn.example/"))
        #expect(try await refusal(named, over: transport).code == .connectionFailed)
    }

    @Test(
        arguments: [
            ([:], true), (["https_proxy": "http://proxy.example:3128"], false),
            (["all_proxy": "proxy.example:3128"], false),
            (["HTTPS_PROXY": "socks5h://proxy.example"], false), (["https_proxy": "SOCKS5://proxy.example"], true),
            (["https_proxy": "socks4a://proxy.example"], false), (["https_proxy": "socks4://proxy.example"], true),
            (["https_proxy": "http://proxy.example:3128", "no_proxy": "*"], true),
            (["https_proxy": "http://proxy.example:3128", "no_proxy": "cdn.example"], false),
            (["http_proxy": "http://proxy.example:3128"], true),
        ] as [([String: String], Bool)]
    )
    func `the policy isn't enforced for names that a proxy resolves`(environment: [String: String], isEnforced: Bool)
        throws
    {
        let transport = try CurlTransport(environment: { environment[$0] }) { _ in [] }
        #expect(transport.enforcesAddressPolicy == isEnforced)
    }

    @Test func `with a proxy that is handed addresses, those are checked`() async throws {
        let transport = try CurlTransport(environment: { $0 == "https_proxy" ? "socks5://127.0.0.1:9" : nil }) { _ in
            ["10.0.0.1"]
        }
        let url = try #require(URL(string: "https://cdn.example/"))
        #expect(try await refusal(url, over: transport).code == .refusedURL)
    }
}
