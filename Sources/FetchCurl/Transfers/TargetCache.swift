import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A cache of targets by scheme, host and port, since a client sends many requests to few servers.
final class TargetCache: Sendable {
    let proxies: ProxyEnvironment
    private let targets = Mutex<[Substring: TransferTarget]>([:])

    init(proxies: ProxyEnvironment) { self.proxies = proxies }

    /// Returns the target of a URL.
    ///
    /// - Parameters:
    ///   - url: An http or https URL.
    ///   - string: The URL as a string.
    /// - Returns: The same object for all URLs of one origin, while it is cached.
    /// - Throws: `FetchError` with the code `refusedURL`, as ``TransferTarget/init(_:proxies:)`` does.
    func target(of url: URL, _ string: String) throws(FetchError) -> TransferTarget {
        let key = Self.originPrefix(of: string)
        if let target = targets.withLock({ $0[key] }) { return target }
        let target = try TransferTarget(url, proxies: proxies)
        return targets.withLock { targets in
            // Another request may have stored a target meanwhile. Both must use the same one.
            if let known = targets[key] { return known }
            if targets.count >= 1_000 { targets.removeAll() }
            // A substring would keep the whole URL, which can contain a key, in memory.
            targets[Substring(String(key))] = target
            return target
        }
    }

    /// Returns the part of a URL before its path, query and fragment.
    private static func originPrefix(of url: String) -> Substring {
        var slashes = 0
        let end = url.utf8.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
        return url[..<(end ?? url.endIndex)]
    }
}
