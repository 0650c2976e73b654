/// A cache of resolved names, with the transfers that are queued for each unresolved name.
struct NameCache {
    private struct Entry {
        var addresses: [String] = []
        /// The time of the resolution, in nanoseconds of the monotonic clock.
        var resolved: Int64?
        var isResolving = false
        var waiting: [CurlTransfer] = []
        /// The number of waiting transfers at which finished ones are removed.
        var purgeThreshold = 64
        /// The ports for which libcurl has the current addresses.
        var handedPorts: Set<Int> = []

        /// Adds a transfer. Cancelled and timed-out transfers are purged in amortized constant time.
        mutating func add(_ transfer: CurlTransfer) {
            if waiting.count >= purgeThreshold {
                waiting.removeAll(where: \.isFinished)
                purgeThreshold = max(64, 2 * waiting.count)
            }
            waiting.append(transfer)
        }
    }

    private var entries: [String: Entry] = [:]
    private let lifetime: Int64

    /// Creates an empty cache.
    ///
    /// - Parameter lifetime: The age in nanoseconds at which addresses expire.
    init(lifetime: Int64) { self.lifetime = lifetime }

    /// Looks up a name for a transfer, and queues the transfer if the name isn't resolved. After three quarters of
    /// their lifetime, addresses are still used, but refreshed.
    ///
    /// - Parameters:
    ///   - name: The host name.
    ///   - transfer: The transfer to the host.
    ///   - now: The time of the monotonic clock in nanoseconds.
    /// - Returns: `isKnown` is true if the name has addresses; `mustResolve` is true if the caller has to start
    ///   resolving it.
    mutating func look(up name: String, for transfer: CurlTransfer, now: Int64) -> (isKnown: Bool, mustResolve: Bool) {
        let age = entries[name]?.resolved.map { now - $0 }
        let isKnown = age.map { $0 < lifetime } ?? false
        if let age, isKnown, age <= lifetime / 4 * 3 { return (true, false) }
        if !isKnown {
            removeExpired(now: now)
            entries[name, default: Entry()].add(transfer)
        }
        guard entries[name]?.isResolving == false else { return (isKnown, false) }
        entries[name]?.isResolving = true
        return (isKnown, true)
    }

    /// Stores a name's addresses, or `nil` if resolving it failed, and returns the transfers that were queued for it.
    mutating func resolved(_ name: String, _ addresses: [String]?, now: Int64) -> [CurlTransfer] {
        guard var entry = entries.removeValue(forKey: name) else { return [] }
        let waiting = entry.waiting
        entry.waiting = []
        entry.isResolving = false
        if let addresses {
            if entry.addresses != addresses { entry.handedPorts = [] }
            entry.addresses = addresses
            entry.resolved = now
        }
        if entry.resolved != nil { entries[name] = entry }
        return waiting
    }

    /// Returns the entry for libcurl's own cache, `name:port:address,address`; `nil` if libcurl has it already.
    mutating func entryForLibrary(_ name: HostPort) -> String? {
        guard
            let addresses = entries[name.host]?.addresses,
            entries[name.host]?.handedPorts.insert(name.port).inserted == true
        else { return nil }
        return name.libraryEntry(for: addresses)
    }

    /// Returns the addresses of a resolved name.
    func addresses(of name: HostPort) -> [String] { entries[name.host]?.addresses ?? [] }

    /// Marks a name's entry as not handed to libcurl, so that the next transfer hands it over again.
    mutating func forgetLibrary(_ name: HostPort) { entries[name.host]?.handedPorts.remove(name.port) }

    /// Marks all entries as not handed to libcurl, since a new multi handle has an empty cache.
    mutating func forgetLibrary() {
        for name in entries.keys { entries[name]?.handedPorts = [] }
    }

    /// Expires a name, so that the next transfer resolves it again.
    mutating func expire(_ name: String) { entries[name]?.resolved = nil }

    /// The transfers that are queued for any name.
    var allWaiting: [CurlTransfer] { entries.values.flatMap(\.waiting) }

    private mutating func removeExpired(now: Int64) {
        guard entries.count >= 4_096 else { return }
        entries = entries.filter { _, entry in
            entry.isResolving || entry.resolved.map { now - $0 < lifetime } == true
        }
    }
}
