#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Keeps proxies that the environment names away from requests to this machine.
///
/// On Linux, what is built on libcurl sends even those through `http_proxy`, where no test server answers.
enum LoopbackProxyBypass {
    /// Adds this machine to `no_proxy`, once, and only where a proxy is named at all.
    static let apply: Void = {
        guard ["http_proxy", "all_proxy", "ALL_PROXY"].contains(where: { !variable($0).isEmpty }) else { return }
        let others = [variable("no_proxy"), variable("NO_PROXY")].first { !$0.isEmpty } ?? ""
        // An asterisk holds only where it is alone, and what follows a name with a space behind it isn't read.
        guard others != "*" else { return }
        setenv("no_proxy", others.isEmpty ? "127.0.0.1" : "127.0.0.1,\(others)", 1)
    }()

    private static func variable(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}
