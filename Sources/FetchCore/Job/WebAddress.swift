#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The scheme, host and port of an http or https URL, which is checked.
struct WebAddress {
    /// The reason why a URL has no address.
    struct Problem: Error {
        /// A sentence without a capital letter and a full stop, about the URL as "it".
        let reason: String
        let remedy: String?

        init(_ reason: String, remedy: String? = nil) {
            self.reason = reason
            self.remedy = remedy
        }
    }

    /// The scheme: `https` or `http`.
    let scheme: String
    /// The host in lowercase.
    let host: String
    let port: Int

    /// Finds the address of an absolute URL. Its path, query and fragment are ignored.
    ///
    /// - Throws: ``Problem`` if the scheme isn't `http` or `https`, if the URL has no host or an invalid character in
    ///   it, or if it contains a user name or password.
    init(of url: URL) throws(Problem) {
        guard let scheme = url.scheme?.lowercased(), let standardPort = Self.standardPorts[scheme] else {
            throw Problem("only http and https are supported")
        }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw Problem("it contains a user name or password", remedy: "Pass the key as credentials.")
        }
        guard let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty else {
            throw Problem("it has no host")
        }
        guard
            Self.withoutZone(host).utf8.allSatisfy(Self.isHostByte),
            Self.isIPv6Address(host) == Self.hasBrackets(url, scheme)
        else {
            throw Problem(
                "its host contains an invalid character",
                remedy:
                    "Use lowercase letters, digits, hyphens and dots, and the ASCII form of an international host name."
            )
        }
        self.scheme = scheme
        self.host = host
        self.port = url.port ?? standardPort
    }

    /// The port of a URL that has none.
    static let standardPorts = ["https": 443, "http": 80]

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
    static func isIPv6Address(_ host: String) -> Bool { host.utf8.contains(UInt8(ascii: ":")) }

    /// Returns true if the host of the URL is in brackets. The URL must not contain a user name.
    ///
    /// `URL.host` omits brackets, so a host name in brackets would differ from the host that is requested.
    private static func hasBrackets(_ url: URL, _ scheme: String) -> Bool {
        url.absoluteString.utf8.dropFirst(scheme.utf8.count + "://".utf8.count).first == UInt8(ascii: "[")
    }
}
