// Name resolution.
extension CurlSession {
    /// Resolves a name in another thread.
    func resolve(_ name: String) {
        resolver.start(name) { [mailbox] result in mailbox.post(.resolved(name: name, result)) }
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
