#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The host and port of a server or proxy.
struct HostPort: Sendable, Hashable {
    /// A host name or an IP address, without brackets.
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : host
        self.port = port
    }

    /// Parses a proxy's URL by libcurl's rules: the port defaults to 443 for https and 1080 for all other schemes.
    /// Fails if the host is empty.
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

    /// Returns the entry of libcurl's name cache for some addresses.
    func libraryEntry(for addresses: [String]) -> String {
        "\(host):\(port):\(addresses.map { $0.contains(":") ? "[\($0)]" : $0 }.joined(separator: ","))"
    }

    /// True if the host is an IPv4 or IPv6 address.
    var isAddress: Bool {
        if host.utf8.contains(UInt8(ascii: ":")) { return true }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }
}
