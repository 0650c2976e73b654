/// What the environment says about proxies for plain http, as libcurl reads it below Foundation on Linux.
///
/// Foundation can't be told to pass a proxy by there, not even for this machine.
package struct ProxyEnvironment: Sendable {
    private let namesProxy: Bool
    private let exceptions: [Substring]

    /// Reads the variables. libcurl takes `http_proxy` in small letters only, and an empty one for none.
    package init(_ variable: (String) -> String?) {
        namesProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { variable($0)?.isEmpty == false }
        let list = variable("no_proxy") ?? variable("NO_PROXY") ?? ""
        exceptions = list.lowercased().split { $0 == "," || $0 == " " }.map { $0.hasPrefix(".") ? $0.dropFirst() : $0 }
    }

    /// Whether a request of plain http to the host goes through a proxy. Ranges of addresses in `no_proxy` count as if
    /// they weren't there.
    package func isUsed(for host: String) -> Bool {
        let host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        return namesProxy && !exceptions.contains { $0 == "*" || $0 == host || host.hasSuffix(".\($0)") }
    }
}
