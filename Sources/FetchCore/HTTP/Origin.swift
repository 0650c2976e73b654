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
    public let isLoopback: Bool

    /// Creates the origin of a URL.
    ///
    /// - Parameter url: An absolute URL. Its path, query and fragment are ignored.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` if the scheme isn't `http` or `https`, if
    ///   the URL has no host or an invalid character in it, or if it contains a user name or password.
    public init(of url: URL) throws(FetchError) {
        guard let scheme = url.scheme?.lowercased(), let standardPort = Self.standardPorts[scheme] else {
            throw .refusedURL(url, because: "only http and https are supported")
        }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw .refusedURL(
                url,
                because: "it contains a user name or password",
                remedy: "Pass the key as credentials."
            )
        }
        guard let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty else {
            throw .refusedURL(url, because: "it has no host")
        }
        guard
            Self.withoutZone(host).utf8.allSatisfy(Self.isHostByte),
            Self.isIPv6Address(host) == Self.hasBrackets(url, scheme)
        else {
            throw .refusedURL(
                url,
                because: "its host contains an invalid character",
                remedy:
                    "Use lowercase letters, digits, hyphens and dots, and the ASCII form of an international host name."
            )
        }
        self.scheme = scheme
        self.host = host
        self.port = url.port ?? standardPort
        isLoopback = Self.isLoopback(host)
    }

    /// Returns true for lowercase letters, digits and the hyphen, which the labels of a host name may contain.
    static func isLabelByte(_ byte: UInt8) -> Bool {
        ASCII.isLowercaseLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
    }

    /// Returns true for bytes that a host may contain. Colons and brackets belong to IPv6 addresses.
    ///
    /// Percent escapes are refused: a library that decodes an escaped slash would send the key to another host.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        isLabelByte(byte) || "._:[]".utf8.contains(byte)
    }

    /// Returns the host without the zone identifier of an IPv6 address, such as `fe80::1%25eth0`. A malformed zone is
    /// kept.
    private static func withoutZone(_ host: String) -> Substring {
        guard isIPv6Address(host), let percent = host.firstRange(of: "%25") else { return host[...] }
        let zone = host[percent.upperBound...]
        let isWellFormed = !zone.isEmpty && !zone.utf8.contains { !isHostByte($0) || ":[]".utf8.contains($0) }
        return isWellFormed ? host[..<percent.lowerBound] : host[...]
    }

    /// Returns true if the host contains a colon, which only an IPv6 address does.
    private static func isIPv6Address(_ host: String) -> Bool { host.utf8.contains(UInt8(ascii: ":")) }

    /// Returns true if the host of the URL is in brackets. The URL must not contain a user name.
    ///
    /// `URL.host` omits brackets, so a host name in brackets would differ from the host that is requested.
    private static func hasBrackets(_ url: URL, _ scheme: String) -> Bool {
        url.absoluteString.utf8.dropFirst(scheme.utf8.count + "://".utf8.count).first == UInt8(ascii: "[")
    }

    private static let standardPorts = ["https": 443, "http": 80]

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(isByte)
    }

    /// Returns true if the host is one of the domains or a subdomain, and the origin uses https on port 443.
    func isWithin(_ domains: [String]) -> Bool {
        // The zone identifier of an IPv6 address may end like a domain.
        guard scheme == "https", port == 443, !Self.isIPv6Address(host) else { return false }
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
        let shownPort = port == Self.standardPorts[scheme] ? "" : ":\(port)"
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
