#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Excludes this machine from the proxies in the environment.
///
/// On Linux, clients based on libcurl send even local requests through `http_proxy`, where the test server can't be
/// reached.
enum LoopbackProxyBypass {
    /// Adds 127.0.0.1 to `no_proxy` once, if the environment names a proxy.
    static let apply: Void = {
        guard ["http_proxy", "all_proxy", "ALL_PROXY"].contains(where: { !variable($0).isEmpty }) else { return }
        let others = [variable("no_proxy"), variable("NO_PROXY")].first { !$0.isEmpty } ?? ""
        // libcurl accepts an asterisk only as the whole value, and stops reading at a space. So 127.0.0.1 comes first.
        guard others != "*" else { return }
        setenv("no_proxy", others.isEmpty ? "127.0.0.1" : "127.0.0.1,\(others)", 1)
    }()

    private static func variable(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}
