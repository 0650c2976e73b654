import FetchCore
import Foundation
import Testing

@Suite("Address policy")
struct AddressPolicyTests {
    @Test(arguments: HostTrick.all)
    func `a host is refused by its spelling, or allowed`(trick: HostTrick) {
        let problem = AddressPolicy.problem(of: trick.host)
        if let reason = trick.reason {
            #expect(problem?.contains(reason) == true, "\(trick.host): \(problem ?? "allowed")")
        } else {
            #expect(problem == nil)
        }
    }

    @Test(arguments: HostTrick.all)
    func `a URL with a refused host is refused, if it is a URL at all`(trick: HostTrick) throws {
        guard let url = URL(string: "https://\(trick.host):8443/path?token=secret") else {
            #expect(trick.reason != nil)
            return
        }
        guard trick.reason != nil else { return try AddressPolicy.publicOnly.check(url) }
        // A URL parser ends the host at a slash, and converts an international name to ASCII.
        guard !["example.com/", "bücher.example"].contains(trick.host) else { return }
        let error = #expect(throws: FetchError.self) { try AddressPolicy.publicOnly.check(url) }
        #expect(error?.code == .refusedURL)
        #expect(error?.isRetryable == false)
    }

    @Test func `there are at least 76 tricks, each listed once`() {
        #expect(HostTrick.all.count(where: { $0.reason != nil }) >= 76)
        #expect(Set(HostTrick.all.map(\.host)).count == HostTrick.all.count)
    }

    @Test(arguments: HostTrick.all)
    func `an address that a name resolves to is allowed only in its usual form and if it is public`(trick: HostTrick) {
        let address = trick.host.filter { $0 != "[" && $0 != "]" }
        let isAllowed = AddressPolicy.publicOnly.allowsConnection(to: address, of: "example.com")
        let isAddress = address.contains(":") || address.split(separator: ".").allSatisfy { UInt8($0) != nil }
        #expect(isAllowed == (trick.reason == nil && isAddress))
        #expect(AddressPolicy.any.allowsConnection(to: address, of: "example.com"))
    }

    @Test(arguments: [3, 5, 15, 17])
    func `bytes of another length aren't an address`(count: Int) {
        #expect(IPAddress(bytes: Array(repeating: 0, count: count)) == nil)
    }

    @Test func `a host that is allowed by name may have any address`() throws {
        let policy = AddressPolicy.publicOnly(allowing: ["Media.Internal", "127.0.0.1", "[::1]"])
        for host in ["media.internal", "MEDIA.internal.", "127.0.0.1", "[::1]"] {
            try policy.check(#require(URL(string: "http://\(host):8080/a")))
            #expect(policy.allowsConnection(to: "10.0.0.1", of: host))
        }
        for host in ["a.media.internal", "127.0.0.2", "[::2]", "localhost", "xmedia.internal"] {
            let url = try #require(URL(string: "http://\(host)/"))
            #expect(throws: FetchError.self) { try policy.check(url) }
            #expect(!policy.allowsConnection(to: "10.0.0.1", of: host))
        }
    }

    @Test func `a refusal names the host and the reason, but no path, query or user`() throws {
        let url = try #require(URL(string: "https://169.254.169.254/latest/secret-path?token=secret-token"))
        let error = #expect(throws: FetchError.self) { try AddressPolicy.publicOnly.check(url) }
        #expect(error?.message == "the host of https://169.254.169.254 is refused: it is a link-local address")
        #expect(error?.remedy?.contains("address policy") == true)
        let withUser = try #require(URL(string: "https://secret-user@127.0.0.1/"))
        let other = #expect(throws: FetchError.self) { try AddressPolicy.publicOnly.check(withUser) }
        #expect("\(String(describing: other))".contains("secret") == false)
    }

    @Test func `the policy without restrictions refuses nothing and is the default`() throws {
        let url = try #require(URL(string: "http://127.0.0.1/"))
        try AddressPolicy.any.check(url)
        #expect(FetchRequest(method: .get, url: url).addressPolicy == .any)
    }
}
