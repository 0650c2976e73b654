import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The properties that all requests to one origin share: the server, the proxy and the names to resolve.
final class TransferTarget: Sendable {
    let origin: Origin
    let isSecure: Bool
    /// The proxy's URL from the environment; `nil` for a direct connection.
    let proxy: String?
    /// The proxy's host and port, without its user name and password.
    let proxyHost: String?
    /// The names to resolve before connecting.
    let names: [HostPort]
    /// The time of the last complete response, in nanoseconds of the monotonic clock. Only the event loop's thread
    /// reads and writes it.
    let lastResponse = Atomic<Int64>(0)
    /// The body size of the last response in bytes.
    let lastBodySize = Atomic<Int>(0)

    /// Creates the target of a URL.
    ///
    /// - Parameters:
    ///   - url: An http or https URL.
    ///   - proxies: The proxy settings of the environment.
    /// - Throws: `FetchError` with the code `refusedURL` if the URL has no valid origin, or is plain http and would go
    ///   through a proxy.
    init(_ url: URL, proxies: ProxyEnvironment) throws(FetchError) {
        origin = try Origin(of: url)
        isSecure = origin.scheme == "https"
        guard isSecure || !proxies.isUsed(for: origin.host) else {
            throw .proxyWouldSeeKey(of: origin.host)
        }
        proxy = isSecure ? proxies.secureProxy(for: origin.host) : nil
        let server = HostPort(host: origin.host, port: origin.port)
        let relay = proxy.flatMap(HostPort.init(proxy:))
        proxyHost = relay.map { "\($0.host):\($0.port)" }
        guard let proxy else {
            names = server.isAddress ? [] : [server]
            return
        }
        // Any other proxy resolves the server's name.
        let resolvesHere = ProxyEnvironment.receivesAddresses(proxy)
        names = ([relay] + (resolvesHere ? [server] : [])).compactMap { $0 }.filter { !$0.isAddress }
    }
}

extension FetchError {
    fileprivate static func proxyWouldSeeKey(of host: String) -> Self {
        Self(
            .refusedURL,
            "plain http to \(host) would go through the environment's proxy, which would see the key",
            remedy: "Add \(host) to the environment variable no_proxy."
        )
    }
}
