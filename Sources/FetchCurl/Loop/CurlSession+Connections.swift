import FetchCore
import Synchronization

// The connections and their reuse.
extension CurlSession {
    /// Returns the multi handle that accepts new transfers of a group, or an older one if libcurl can't allocate a new
    /// one; `nil` if there is none either.
    func multiForNewTransfers(of group: ConnectionGroup) -> CurlMulti? {
        if let current = multis.current(for: group, now: now) { return current }
        let connectionsPerHost = configuration.connectionsPerHost
        guard let multi = CurlMulti(functions, for: group, connectionsPerHost: connectionsPerHost, session: self)
        else { return multis.latest(for: group) }
        multis.append(multi)
        if group.usesNameCacheOfLibrary { names.forgetLibrary() }
        return multi
    }

    /// Frees a multi handle under the watchdog: some versions of libcurl first read from its connections for as long as
    /// bytes arrive.
    func close(_ multi: CurlMulti) {
        watchdog?.begin(nil, unfinished: sockets.descriptors { $0.multi === multi })
        multi.close()
        _ = watchdog?.end()
    }

    /// Watches an HTTP/1 connection for unsolicited bytes after its response.
    func keepConnection(of handle: CurlHandle) {
        guard handle.response.isHTTP1, let descriptor = handle.idleSocket, sockets[descriptor]?.handle === handle else {
            return
        }
        sockets.watchIdle(descriptor)
    }

    /// Retires a target's HTTP/2 connections after a timeout, if no response arrived in the second half of the
    /// request's time.
    ///
    /// libcurl closes an HTTP/1 connection with its request. It keeps an HTTP/2 connection open for the other requests
    /// on it, and would reuse it indefinitely even if the peer is unreachable or sends only frames without a response.
    func retireSilentConnections(of handle: CurlHandle, to target: TransferTarget) {
        let now = MonotonicTime.now
        let sinceResponse = now - target.lastResponse.load(ordering: .relaxed)
        let half = (now - handle.start) / 2
        if sinceResponse > half { retireMultiplexedConnections(to: target, openedBefore: now - half) }
    }

    func retireMultiplexedConnections(to target: TransferTarget, openedBefore time: Int64) {
        guard target.isSecure else { return }
        let candidates = sockets.descriptors {
            $0.target === target && $0.isEstablished && $0.canMultiplex && $0.opened < time
        }
        for descriptor in candidates { sockets.retire(descriptor) }
    }
}
