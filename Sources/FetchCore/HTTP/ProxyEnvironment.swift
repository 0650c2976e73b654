/// The proxy settings in environment variables, as libcurl interprets them. Foundation on Linux uses libcurl too.
///
/// Versions of libcurl differ for address ranges in `no_proxy`, and for an entry with a space in it. In both cases the
/// proxy is assumed to be used.
package struct ProxyEnvironment: Sendable {
    private let hasProxyForHTTP: Bool
    private let secureProxy: String?
    private let exceptsAll: Bool
    private let exceptions: [Substring]

    /// Reads the variables. libcurl reads `http_proxy` in lowercase only, and ignores empty values.
    package init(_ variable: (String) -> String?) {
        func isSet(_ value: String?) -> Bool { value?.isEmpty == false }
        hasProxyForHTTP = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { isSet(variable($0)) }
        secureProxy =
            ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].lazy.map(variable).first(where: isSet) ?? nil
        guard hasProxyForHTTP || secureProxy != nil else {
            (exceptsAll, exceptions) = (false, [])
            return
        }
        let list = ["no_proxy", "NO_PROXY"].lazy.map(variable).first(where: isSet)??.lowercased() ?? ""
        // libcurl treats an asterisk as a wildcard only if it is the entire list.
        exceptsAll = list == "*"
        exceptions = Self.names(in: list)
    }

    /// Returns true if a plain http request to the host goes through a proxy.
    package func isUsed(for host: String) -> Bool { hasProxyForHTTP && !isExcepted(host) }

    /// Returns the URL of the proxy for https requests to the host, or `nil` if there is none.
    package func secureProxy(for host: String) -> String? { isExcepted(host) ? nil : secureProxy }

    /// True if https requests go through a proxy that resolves the names of their hosts, unless a host is excepted.
    package var hasResolvingProxy: Bool { secureProxy.map { !exceptsAll && !Self.receivesAddresses($0) } ?? false }

    /// Returns true if libcurl resolves the name of a host and hands the address to the proxy: with socks4 and socks5.
    /// With other schemes, the proxy resolves it.
    package static func receivesAddresses(_ proxy: String) -> Bool {
        ["socks4://", "socks5://"].contains { proxy.lowercased().hasPrefix($0) }
    }

    private func isExcepted(_ host: String) -> Bool {
        guard !exceptsAll else { return true }
        let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        let isAddress = host.contains(":") || host.split(separator: ".").last?.first?.isNumber == true
        return exceptions.contains { exception in
            // Suffixes match host names only: `10.0.0.1` isn't a subdomain of `0.1`.
            if isAddress { return host == exception }
            let domain = exception.hasPrefix(".") ? exception.dropFirst() : exception
            return !domain.isEmpty && (host == domain || host.hasSuffix(".\(domain)"))
        }
    }

    /// Returns the entries of a comma-separated list, up to the first one with a space in it: newer versions of libcurl
    /// stop there.
    private static func names(in list: String) -> [Substring] {
        var names: [Substring] = []
        for item in list.split(separator: ",") {
            let components = item.split { $0 == " " || $0 == "\t" }
            if let name = components.first { names.append(name) }
            if components.count > 1 { break }
        }
        return names
    }
}
