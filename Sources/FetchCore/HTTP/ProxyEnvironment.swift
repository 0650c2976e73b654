/// The environment's settings for proxies, as libcurl reads them, also below Foundation on Linux.
///
/// If versions of libcurl differ, the proxy counts as used: for a range of addresses in `no_proxy`, and for the rest of an item
/// behind a space there.
package struct ProxyEnvironment: Sendable {
    private let namesProxy: Bool
    private let secureProxy: String?
    private let exceptsAll: Bool
    private let exceptions: [Substring]

    /// Reads the variables. libcurl takes `http_proxy` in small letters only, and an empty one for none.
    package init(_ variable: (String) -> String?) {
        func isSet(_ value: String?) -> Bool { value?.isEmpty == false }
        namesProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { isSet(variable($0)) }
        secureProxy =
            ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].lazy.map(variable).first(where: isSet) ?? nil
        guard namesProxy || secureProxy != nil else {
            (exceptsAll, exceptions) = (false, [])
            return
        }
        let list = ["no_proxy", "NO_PROXY"].lazy.map(variable).first(where: isSet)??.lowercased() ?? ""
        // In a list with others, an asterisk is a name like any other.
        exceptsAll = list == "*"
        exceptions = Self.names(in: list)
    }

    /// Whether a request of plain http to the host goes through a proxy.
    package func isUsed(for host: String) -> Bool { namesProxy && !isExcepted(host) }

    /// The URL of the proxy through which https to the host goes, or `nil` for none.
    package func secureProxy(for host: String) -> String? { isExcepted(host) ? nil : secureProxy }

    private func isExcepted(_ host: String) -> Bool {
        guard !exceptsAll else { return true }
        let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        let isAddress = host.contains(":") || host.split(separator: ".").last?.first?.isNumber == true
        return exceptions.contains { exception in
            // An address isn't in the domain of its last numbers.
            if isAddress { return host == exception }
            let domain = exception.hasPrefix(".") ? exception.dropFirst() : exception
            return !domain.isEmpty && (host == domain || host.hasSuffix(".\(domain)"))
        }
    }

    /// The names between the commas, up to the first that something else follows: newer versions stop there.
    private static func names(in list: String) -> [Substring] {
        var names: [Substring] = []
        for item in list.split(separator: ",") {
            let words = item.split { $0 == " " || $0 == "\t" }
            if let name = words.first { names.append(name) }
            if words.count > 1 { break }
        }
        return names
    }
}
