#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The addresses to which a request may connect.
///
/// A link in a server's response can name any host, also one in the network of the process that requests it, such as a
/// cloud's metadata service. ``publicOnly`` refuses those:
///
/// ```swift
/// request.addressPolicy = .publicOnly(allowing: ["media.internal.example"])
/// ```
///
/// Two checks enforce the policy:
///
/// - ``check(_:)`` reads the host as it is written. It refuses addresses that aren't public, unusual forms of
///   addresses, and names that are never public.
/// - A transport whose ``FetchTransport/enforcesAddressPolicy`` is true also checks the addresses to which a name
///   resolves, and connects only to those that passed. A name that changes its addresses between check and connection
///   (DNS rebinding) has no effect then.
///
/// Each redirect is a request of its own, and is checked like the first one.
public struct AddressPolicy: Sendable, Hashable {
    /// The hosts to which the policy doesn't apply, in lowercase. `nil` if it applies to none.
    private let allowedHosts: Set<String>?

    /// The policy without restrictions.
    public static let any = Self(allowedHosts: nil)

    /// The policy that allows only addresses of the public internet.
    ///
    /// It refuses loopback, private, link-local, unique local, carrier-grade NAT, multicast, documentation, benchmark
    /// and reserved addresses, by [IANA's](https://www.iana.org/assignments/iana-ipv4-special-registry)
    /// [registries](https://www.iana.org/assignments/iana-ipv6-special-registry), the metadata services of clouds, and
    /// IPv6 addresses that contain such an IPv4 address.
    public static let publicOnly = Self(allowedHosts: [])

    /// Returns the policy that allows addresses of the public internet, and any address for some hosts.
    ///
    /// - Parameter hosts: The hosts, as in a URL: names or addresses, without a port. Upper and lower case are the
    ///   same. Subdomains aren't included.
    /// - Returns: The policy.
    public static func publicOnly(allowing hosts: some Sequence<String>) -> Self {
        Self(allowedHosts: Set(hosts.map(normalized)))
    }

    /// Checks the host of a URL as it is written. Doesn't resolve names.
    ///
    /// - Parameter url: An http or https URL.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` if the policy refuses the host, or if the
    ///   URL has no valid origin. The message contains the host, and no path or query.
    public func check(_ url: URL) throws(FetchError) {
        guard self != .any else { return }
        let origin = try Origin(of: url)
        guard restricts(origin.host) else { return }
        if let problem = Self.problem(of: origin.host) { throw refusal(of: origin, because: problem) }
    }

    /// Returns true if a request to a host may connect to an address.
    ///
    /// - Parameters:
    ///   - address: The address to which the host resolves, in the usual form of IPv4 or IPv6, without brackets.
    ///   - host: The host of the request's URL.
    /// - Returns: False if the policy refuses the address, or if it has another form.
    public func allowsConnection(to address: String, of host: String) -> Bool {
        guard restricts(host) else { return true }
        return IPAddress(address).map { $0.specialPurpose == nil } ?? false
    }
}

extension AddressPolicy {
    /// Returns true if only public addresses are allowed for a host.
    package func restricts(_ host: String) -> Bool {
        allowedHosts.map { !$0.contains(Self.normalized(host)) } ?? false
    }

    /// Returns the error for a host that is refused.
    ///
    /// - Parameters:
    ///   - origin: The origin of the request.
    ///   - problem: A clause without a full stop, about the host as "it".
    /// - Returns: An error with the code ``FetchError/Code/refusedURL``.
    package func refusal(of origin: Origin, because problem: String) -> FetchError {
        FetchError(
            .refusedURL,
            "the host of \(origin) is refused: \(problem)",
            remedy: Self.refusalRemedy
        )
    }

    /// The remedy of ``refusal(of:because:)``.
    package static let refusalRemedy = "If the host is trusted, allow it in the request's address policy."

    /// Returns the reason why a host isn't public by its spelling; `nil` if it is or may be.
    package static func problem(of host: String) -> String? {
        switch HostSpelling(host) {
        case .malformed(let reason): reason
        case .address(let address): address.specialPurpose.map { "it is \($0)" }
        case .name(let name): localNameProblem(of: name)
        }
    }

    /// Returns the reason why a name never belongs to a public host.
    ///
    /// The names are those of RFC 6761 (`localhost`), RFC 6762 (`local`), RFC 8375 (`home.arpa`), and the one that
    /// ICANN has reserved for private use (`internal`, resolution 2024.07.29.06).
    private static func localNameProblem(of name: String) -> String? {
        // A name with one label is completed by the resolver's search list. No top-level domain has a web server.
        guard name.utf8.contains(UInt8(ascii: ".")) else { return "it is a name of the local network" }
        let isLocal = ["localhost", "local", "internal", "home.arpa"].contains { name.hasSuffix(".\($0)") }
        return isLocal || name == "home.arpa" ? "it is a name of the local network" : nil
    }

    /// Returns a host in lowercase, without brackets and without a dot at its end.
    package static func normalized(_ host: String) -> String {
        var host = host.lowercased()[...]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        if host.hasSuffix(".") { host = host.dropLast() }
        return String(host)
    }
}

extension AddressPolicy: CustomStringConvertible {
    /// `any`, `publicOnly`, or `publicOnly` with the allowed hosts.
    public var description: String {
        guard let allowedHosts else { return "any" }
        return allowedHosts.isEmpty ? "publicOnly" : "publicOnly(allowing: \(allowedHosts.sorted()))"
    }
}
