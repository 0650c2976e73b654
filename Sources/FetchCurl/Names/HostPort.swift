#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A host and the port that is connected to.
struct HostPort: Sendable, Hashable {
    /// A name or an address, without brackets.
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        self.port = port
    }

    /// The host and port of a proxy, by libcurl's rules for proxies: 1080 is the port of all schemes but https.
    init?(proxy: String) {
        var rest = Substring(proxy)
        var port = 1080
        if let scheme = rest.firstRange(of: "://") {
            if rest[..<scheme.lowerBound].lowercased() == "https" { port = 443 }
            rest = rest[scheme.upperBound...]
        }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        let isBracketed = rest.hasPrefix("[")
        let host = isBracketed ? rest.dropFirst().prefix { $0 != "]" } : rest.prefix { $0 != ":" }
        guard !host.isEmpty else { return nil }
        let end = rest[host.endIndex...].drop { $0 == "]" }
        if end.hasPrefix(":") { port = Int(end.dropFirst()) ?? port }
        self.init(host: String(host), port: port)
    }

    /// True if the host is an address of IPv4 or IPv6 already.
    var isAddress: Bool {
        if host.utf8.contains(UInt8(ascii: ":")) { return true }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }
}
