/// What the environment says about proxies for plain http, as libcurl reads it below Foundation on Linux.
///
/// Foundation can't be told to pass a proxy by there, not even for this machine. Where versions of libcurl differ, the
/// proxy counts as used: for a range of addresses in `no_proxy`, and for what follows a space there.
package struct ProxyEnvironment: Sendable {
    private let namesProxy: Bool
    private let exceptsAll: Bool
    private let exceptions: [Substring]

    /// Reads the variables. libcurl takes `http_proxy` in small letters only, and an empty one for none.
    package init(_ variable: (String) -> String?) {
        func isSet(_ value: String?) -> Bool { value?.isEmpty == false }
        namesProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { isSet(variable($0)) }
        guard namesProxy else {
            (exceptsAll, exceptions) = (false, [])
            return
        }
        let list = ["no_proxy", "NO_PROXY"].lazy.map(variable).first(where: isSet)??.lowercased() ?? ""
        // In a list with others, an asterisk is a name like any other.
        exceptsAll = list == "*"
        exceptions = Self.names(in: list)
    }

    /// Whether a request of plain http to the host goes through a proxy.
    package func isUsed(for host: String) -> Bool {
        guard namesProxy, !exceptsAll else { return false }
        let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        let isAddress = host.contains(":") || host.split(separator: ".").last?.first?.isNumber == true
        return !exceptions.contains { exception in
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
