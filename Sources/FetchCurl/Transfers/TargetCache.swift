import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The targets of requests by the beginning of their URLs, since a client sends many requests to few servers.
final class TargetCache: Sendable {
    private let proxies: ProxyEnvironment
    private let targets = Mutex<[Substring: TransferTarget]>([:])

    init(proxies: ProxyEnvironment) { self.proxies = proxies }

    /// The target of a URL.
    ///
    /// - Throws: `FetchError` with the code `refusedURL`.
    func target(of url: URL) throws(FetchError) -> TransferTarget {
        let place = Self.beginning(of: url.absoluteString)
        if let target = targets.withLock({ $0[place] }) { return target }
        let target = try TransferTarget(url, proxies: proxies)
        return targets.withLock { targets in
            // Two requests can be the first at the same time, and have to agree on one target.
            if let known = targets[place] { return known }
            if targets.count >= 1_000 { targets.removeAll() }
            // A copy, so that the rest of the URL, which can hold a key, isn't kept.
            targets[Substring(String(place))] = target
            return target
        }
    }

    /// Scheme, host and port of a URL.
    private static func beginning(of url: String) -> Substring {
        var slashes = 0
        let end = url.utf8.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
        return url[..<(end ?? url.endIndex)]
    }
}
