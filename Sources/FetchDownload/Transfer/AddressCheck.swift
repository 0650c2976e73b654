package import FetchCore
import SystemLibrary

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The check of the addresses of a host before a request, for transports that don't check them.
///
/// The transport resolves the name again, and may get other addresses. So the check keeps a download from a name that
/// leads to a private address, but not from one that changes its addresses in between.
package struct AddressCheck: Sendable {
    /// A function that returns all numeric addresses of a name. It may block its thread.
    package typealias Resolve = @Sendable (String) throws -> [String]

    /// The check with the system's resolver.
    package static let system = Self { try SystemResolver.addresses(of: $0, includingScoped: true) }

    private let resolve: Resolve

    package init(_ resolve: @escaping Resolve) { self.resolve = resolve }

    /// Checks all addresses of the host of a URL.
    ///
    /// - Parameters:
    ///   - url: A URL whose host is allowed as it is written.
    ///   - policy: The policy. If it doesn't restrict the host, its name isn't resolved.
    ///   - timeout: The maximum time.
    ///   - clock: The clock of the caller.
    /// - Throws: `FetchError` with the code `refusedURL` if an address isn't allowed, and `connectionFailed` if the
    ///   name can't be resolved in time; `CancellationError` as soon as the task is cancelled.
    package func check(
        _ url: URL,
        by policy: AddressPolicy,
        within timeout: Duration,
        _ clock: any Clock<Duration>
    ) async throws {
        let origin = try Origin(of: url)
        guard policy.restricts(origin.host), !origin.hasAddress else { return }
        let addresses: [String]?
        let executor = (clock as? any ExecutorClock)?.taskExecutor ?? BlockingExecutor.names
        do {
            addresses = try await withTimeout(timeout, clock: clock, on: executor) { [resolve] in
                try resolve(origin.host)
            }
        } catch {
            try Task.checkCancellation()
            throw FetchError(.connectionFailed, "the host of \(origin) can't be found")
        }
        guard let addresses else {
            throw FetchError(.connectionFailed, "the host of \(origin) wasn't found within \(timeout)")
        }
        for address in addresses where !policy.allowsConnection(to: address, of: origin.host) {
            // Only addresses that aren't public have a zone.
            let unscoped = address.prefix { $0 != "%" }
            let problem = IPAddress(unscoped)?.specialPurpose ?? "an address of an unknown kind"
            throw policy.refusal(of: origin, because: "its name resolves to \(problem)")
        }
    }
}

extension Origin {
    /// True if the host is an IPv4 or IPv6 address.
    fileprivate var hasAddress: Bool {
        IPAddress(host.hasPrefix("[") ? host.dropFirst().dropLast() : host[...]) != nil
    }
}
