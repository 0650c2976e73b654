#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The scheme, host and port of a URL.
///
/// The client sends a key to the origin of its endpoint only.
public struct Origin: Sendable, Hashable {
    /// The scheme: `https` or `http`.
    public let scheme: String
    /// The host in lowercase.
    public let host: String
    /// The port. Defaults to 443 for `https` and 80 for `http` if the URL has none.
    public let port: Int
    /// True if the host is this machine: `localhost`, an address in `127.0.0.0/8`, or `::1`.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Creates the origin of a URL.
    ///
    /// - Parameter url: An absolute URL. Its path, query and fragment are ignored.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` if the scheme isn't `http` or `https`, if
    ///   the URL has no host or an invalid character in it, or if it contains a user name or password.
    public init(of url: URL) throws(FetchError) {
        let address: WebAddress
        do throws(WebAddress.Problem) {
            address = try WebAddress(of: url)
        } catch {
            throw .refusedURL(url, because: error.reason, remedy: error.remedy)
        }
        (scheme, host, port) = (address.scheme, address.host, address.port)
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(isByte)
    }

    /// Returns true if the host is one of the domains or a subdomain, and the origin uses https on port 443.
    func isWithin(_ domains: [String]) -> Bool {
        // The zone identifier of an IPv6 address may end like a domain.
        guard scheme == "https", port == 443, !WebAddress.isIPv6Address(host) else { return false }
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }

    /// Returns true for a decimal number up to 255. `UInt8.init` also accepts a sign, but a part with a sign belongs to
    /// a host name, which can resolve to any address.
    private static func isByte(_ part: Substring) -> Bool {
        part.utf8.allSatisfy(ASCII.isDigit) && UInt8(part) != nil
    }
}

extension Origin: CustomStringConvertible {
    /// The origin as the beginning of a URL. The scheme's default port is omitted.
    public var description: String {
        let shownPort = port == WebAddress.standardPorts[scheme] ? "" : ":\(port)"
        let shownHost = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(scheme)://\(shownHost)\(shownPort)"
    }
}

extension FetchError {
    static func refusedURL(_ url: URL, because problem: String, remedy: String? = nil) -> Self {
        Self(.refusedURL, "\(Excerpt(url.withoutSecrets)) is refused: \(problem)", remedy: remedy)
    }
}

extension URL {
    /// The URL without user name, password, query and fragment, each of which may contain a key.
    var withoutSecrets: String {
        let base = absoluteString.prefix { $0 != "?" && $0 != "#" }
        guard
            let slashes = base.firstRange(of: "://"),
            let at = base[slashes.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
        else { return String(base) }
        return String(base[..<slashes.upperBound] + base[base.index(after: at)...])
    }
}
