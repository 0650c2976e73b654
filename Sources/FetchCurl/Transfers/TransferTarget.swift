import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The server that requests go to, and the way there: all that is the same for every request to one origin.
final class TransferTarget: Sendable {
    let origin: Origin
    let isSecure: Bool
    /// The proxy's URL as the environment states it.
    let proxy: String?
    /// The proxy's host and port, without its user name and password.
    let proxyHost: String?
    /// The names that have to be resolved before a connection can be made.
    let names: [HostPort]
    /// The time of the last complete response, in nanoseconds of the monotonic clock. Only the event loop's thread reads and
    /// writes it.
    let lastResponse = Atomic<Int64>(0)
    /// The number of bytes of the last response's body.
    let lastBodySize = Atomic<Int>(0)

    /// Finds the way to a URL's server.
    ///
    /// - Throws: `FetchError` with the code `refusedURL` for a URL that isn't sent, and for plain http through a proxy.
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
        // With socks4 and socks5, the name of the server is resolved here and not by the proxy.
        let resolvesHere = ["socks4://", "socks5://"].contains { proxy.lowercased().hasPrefix($0) }
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
