import FetchCore

// Name resolution.
extension CurlSession {
    /// Resolves a name in another thread.
    func resolve(_ name: String) {
        resolver.start(name) { [mailbox] result in mailbox.post(.resolved(name: name, result)) }
    }

    /// Returns the entries of libcurl's name cache for a transfer, all of whose names are resolved.
    ///
    /// - Throws: `FetchError` with the code `refusedURL` if the request's address policy refuses all addresses.
    func nameEntries(for transfer: CurlTransfer) throws(FetchError) -> [String] {
        let target = transfer.target
        guard !transfer.group.usesNameCacheOfLibrary else {
            // Each entry is handed to libcurl once, so all names must be known at this point.
            return target.names.compactMap { names.entryForLibrary($0) }
        }
        var entries: [String] = []
        for name in target.names {
            var addresses = names.addresses(of: name)
            if transfer.group.isRestricted, name.host == target.origin.host {
                let policy = transfer.request.addressPolicy
                let problem = addresses.lazy.compactMap { IPAddress($0)?.specialPurpose }.first
                addresses.removeAll { !policy.allowsConnection(to: $0, of: name.host) }
                if addresses.isEmpty {
                    throw policy.refusal(of: target.origin, because: "its name resolves to \(problem ?? "no address")")
                }
            }
            entries.append(name.libraryEntry(for: addresses))
        }
        return entries
    }

    /// Stores the addresses of a name, and starts the transfers that were queued for it.
    func resolved(_ name: String, _ result: Result<[String], any Error>) {
        let addresses = try? result.get()
        let waiting = names.resolved(name, addresses, now: now)
        for transfer in waiting {
            if addresses == nil {
                fail(transfer, CurlFailure.unknownHost(name, for: transfer))
            } else {
                start(transfer)
            }
        }
    }
}
