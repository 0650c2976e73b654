/// The addresses of names, and the transfers that wait for them.
struct NameCache {
    private struct Entry {
        var addresses: [String] = []
        /// The time when the addresses were found, in nanoseconds of the monotonic clock.
        var found: Int64?
        var isResolving = false
        var waiting: [CurlTransfer] = []
        /// The number of waiting transfers from which those that are finished are dropped.
        var capacity = 64
        /// The ports with which libcurl knows the present addresses.
        var handedPorts: Set<Int> = []

        /// Adds a transfer, and drops now and then those that were cancelled or timed out meanwhile.
        mutating func add(_ transfer: CurlTransfer) {
            if waiting.count >= capacity {
                waiting.removeAll(where: \.isFinished)
                capacity = max(64, 2 * waiting.count)
            }
            waiting.append(transfer)
        }
    }

    private var entries: [String: Entry] = [:]
    private let lifetime: Int64

    /// Creates an empty cache.
    ///
    /// - Parameter lifetime: The age in nanoseconds from which addresses aren't used any more.
    init(lifetime: Int64) { self.lifetime = lifetime }

    /// Looks a name up for a transfer, which waits for it if it isn't known. From three quarters of their lifetime on, addresses are
    /// used and resolved anew at once.
    ///
    /// - Returns: Whether the name is known, and whether it has to be resolved now.
    mutating func look(up name: String, for transfer: CurlTransfer, now: Int64) -> (isKnown: Bool, mustResolve: Bool) {
        let age = entries[name]?.found.map { now - $0 }
        let isKnown = age.map { $0 < lifetime } ?? false
        if let age, isKnown, age <= lifetime / 4 * 3 { return (true, false) }
        if !isKnown {
            makeRoom(now: now)
            entries[name, default: Entry()].add(transfer)
        }
        guard entries[name]?.isResolving == false else { return (isKnown, false) }
        entries[name]?.isResolving = true
        return (isKnown, true)
    }

    /// Takes what resolving a name brought, and returns the transfers that waited for it.
    mutating func resolved(_ name: String, _ addresses: [String]?, now: Int64) -> [CurlTransfer] {
        guard var entry = entries.removeValue(forKey: name) else { return [] }
        let waiting = entry.waiting
        entry.waiting = []
        entry.isResolving = false
        if let addresses {
            if entry.addresses != addresses { entry.handedPorts = [] }
            entry.addresses = addresses
            entry.found = now
        }
        if entry.found != nil { entries[name] = entry }
        return waiting
    }

    /// The entry for libcurl's own cache, `name:port:address,address`, if it doesn't have that yet.
    mutating func entryForLibrary(_ name: HostPort) -> String? {
        guard
            let addresses = entries[name.host]?.addresses,
            entries[name.host]?.handedPorts.insert(name.port).inserted == true
        else { return nil }
        let list = addresses.map { $0.contains(":") ? "[\($0)]" : $0 }.joined(separator: ",")
        return "\(name.host):\(name.port):\(list)"
    }

    /// Has a name's entry handed to libcurl once more, which may not have taken it.
    mutating func forgetLibrary(_ name: HostPort) { entries[name.host]?.handedPorts.remove(name.port) }

    /// Has all entries handed to libcurl once more, whose own cache is a new one.
    mutating func forgetLibrary() {
        for name in entries.keys { entries[name]?.handedPorts = [] }
    }

    /// Has a name resolved anew before its next connection.
    mutating func expire(_ name: String) { entries[name]?.found = nil }

    /// The transfers that wait for a name.
    var allWaiting: [CurlTransfer] { entries.values.flatMap(\.waiting) }

    private mutating func makeRoom(now: Int64) {
        guard entries.count >= 4_096 else { return }
        entries = entries.filter { _, entry in
            entry.isResolving || entry.found.map { now - $0 < lifetime } == true
        }
    }
}
