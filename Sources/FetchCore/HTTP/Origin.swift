#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Scheme, host and port of a URL: how far a key may travel.
public struct Origin: Sendable, Hashable {
    /// `https` or `http`.
    public let scheme: String
    /// The host in small letters.
    public let host: String
    /// The port, the scheme's own where the URL names none.
    public let port: Int
    /// Whether the host is this machine: `localhost`, `127.0.0.0/8` or `::1`.
    public let isLoopback: Bool

    /// The origin of a URL.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` where the scheme isn't http or https, where
    ///   there is no host, or where the URL carries a user name or password.
    public init(of url: URL) throws(FetchError) {
        guard let scheme = url.scheme?.lowercased(), let standardPort = Self.standardPorts[scheme] else {
            throw .refusedURL(url, because: "only http and https can be asked")
        }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw .refusedURL(
                url,
                because: "it carries a user name or password",
                remedy: "Pass the key as credentials."
            )
        }
        guard let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty else {
            throw .refusedURL(url, because: "it names no host")
        }
        guard
            Self.withoutScope(host).utf8.allSatisfy(Self.isHostByte),
            Self.isAddress(host) == Self.hasBrackets(url, scheme)
        else {
            throw .refusedURL(
                url,
                because: "its host has a sign that no host has",
                remedy:
                    "Write the host in small letters, digits, hyphens and dots; an international one in its ASCII form."
            )
        }
        self.scheme = scheme
        self.host = host
        self.port = url.port ?? standardPort
        isLoopback = Self.isLoopback(host)
    }

    /// Who takes an encoded slash in a host for one would send the key to another host. Colons and brackets are those of an
    /// IPv6 address.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isHostByte(byte) || "._:[]".utf8.contains(byte)
    }

    /// The host without the scope of an address of IPv6, such as `fe80::1%25eth0` has, if it is well formed.
    private static func withoutScope(_ host: String) -> Substring {
        guard isAddress(host), let percent = host.firstRange(of: "%25") else { return host[...] }
        let scope = host[percent.upperBound...]
        let isName = !scope.isEmpty && !scope.utf8.contains { !isHostByte($0) || ":[]".utf8.contains($0) }
        return isName ? host[..<percent.lowerBound] : host[...]
    }

    /// Whether the host can only be the address of IPv6 that stands in brackets.
    private static func isAddress(_ host: String) -> Bool { host.utf8.contains(UInt8(ascii: ":")) }

    /// Whether the URL, which carries no user name, has its host in brackets. A name in brackets would be told without them
    /// here, and asked with them.
    private static func hasBrackets(_ url: URL, _ scheme: String) -> Bool {
        url.absoluteString.utf8.dropFirst(scheme.utf8.count + "://".utf8.count).first == UInt8(ascii: "[")
    }

    private static let standardPorts = ["https": 443, "http": 80]

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(isByte)
    }

    /// Whether the host is one of these domains or below one, asked by https at its usual port.
    func isWithin(_ domains: [String]) -> Bool {
        // The scope of an address can read like a domain.
        guard scheme == "https", port == 443, !Self.isAddress(host) else { return false }
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }

    /// Digits alone: a sign, which `UInt8` reads, makes a name of it that anyone can resolve to anything.
    private static func isByte(_ part: Substring) -> Bool {
        part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && UInt8(part) != nil
    }
}

extension Origin: CustomStringConvertible {
    /// The origin as the beginning of a URL, without the port where it is the scheme's own.
    public var description: String {
        let shownPort = port == Self.standardPorts[scheme] ? "" : ":\(port)"
        let shownHost = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(scheme)://\(shownHost)\(shownPort)"
    }
}

extension FetchError {
    static func refusedURL(_ url: URL, because flaw: String, remedy: String? = nil) -> Self {
        Self(.refusedURL, "\(Excerpt(url.withoutSecrets)) is not asked: \(flaw)", remedy: remedy)
    }
}

extension URL {
    /// The URL without user name, password, query and fragment, all of which can hold a key.
    var withoutSecrets: String {
        let place = absoluteString.prefix { $0 != "?" && $0 != "#" }
        guard
            let slashes = place.firstRange(of: "://"),
            let at = place[slashes.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
        else { return String(place) }
        return String(place[..<slashes.upperBound] + place[place.index(after: at)...])
    }
}
