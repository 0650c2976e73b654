#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// The calls of libcurl, and the limits on their duration.
extension CurlSession {
    /// The maximum time spent on one response, in nanoseconds. The largest common response, compressed, takes a tenth
    /// of it on a slow machine.
    private static let workLimit: Int64 = 2_000_000_000
    /// The work in nanoseconds beyond which processor time is measured instead of wall-clock time. A loaded machine
    /// doesn't inflate processor time, but reading it takes a system call.
    private static let suspiciousWork = workLimit / 8

    /// Reports a ready socket to libcurl.
    func handle(_ entry: pollfd) {
        guard let socket = sockets[entry.fd] else { return }
        let multi = socket.multi
        guard !socket.isIdle else {
            // The connection carries no request. Any bytes belong to an abandoned request or are unsolicited.
            return sockets.retire(entry.fd)
        }
        var events: Int32 = 0
        if entry.revents & Int16(POLLIN | POLLHUP) != 0 { events |= CurlValue.selectIn }
        if entry.revents & Int16(POLLOUT) != 0 { events |= CurlValue.selectOut }
        if entry.revents & Int16(POLLERR | POLLNVAL) != 0 { events |= CurlValue.selectError }
        let (handle, target) = (socket.handle, socket.target)
        let isSuspicious = (handle?.work ?? 0) > Self.suspiciousWork
        let start = isSuspicious ? MonotonicTime.spentByThread : now
        let isWatched = mayHang(socket, entry)
        if isWatched { socket.hasRead = true }
        if entry.revents == Int16(POLLIN) { socket.isEstablished = true }
        if !multi.unfinished.isEmpty { multi.unfinished.removeAll { $0 == entry.fd } }
        if isWatched { watchdog?.begin(entry.fd, unfinished: multi.unfinished) }
        multi.act(on: entry.fd, events: events)
        if isWatched { endWatch(of: CollectionOfOne(entry.fd), multi) }
        now = MonotonicTime.now
        // On a loaded machine, a call can take long without using much processor time.
        let spent = isSuspicious ? MonotonicTime.spentByThread - start : min(now - start, Self.suspiciousWork)
        collectResults(of: multi)
        // The handle may carry another transfer by now.
        guard let handle, handle.transfer?.target === target else { return }
        handle.work += spent
        if handle.work > Self.workLimit { stopWorking(on: handle, entry.fd) }
    }

    /// True if the watchdog monitors calls for a socket.
    ///
    /// Calls that may load certificate authorities, which is slow, are exempt: those before the first readable byte,
    /// and with a proxy those before its response.
    private func mayHang(_ socket: CurlSocket, _ entry: pollfd) -> Bool {
        if socket.hasRead { return true }
        guard socket.target?.proxy == nil || socket.handle?.response.isUntouched == false else { return false }
        return entry.revents & Int16(POLLIN) != 0
    }

    /// Reports a due timer to libcurl, which may continue to read large responses.
    func fireTimer(of multi: CurlMulti) {
        let continued = multi.unfinished
        multi.unfinished = []
        if !continued.isEmpty { watchdog?.begin(nil, unfinished: continued) }
        multi.fireTimer()
        if !continued.isEmpty { endWatch(of: continued, multi) }
    }

    /// Ends the watchdog's monitoring of a call.
    ///
    /// Fails the transfers whose connections the watchdog has closed, and records the sockets that still have bytes to
    /// read.
    private func endWatch(of descriptors: some Sequence<Int32>, _ multi: CurlMulti) {
        for descriptor in watchdog?.end() ?? [] {
            multi.unfinished.removeAll { $0 == descriptor }
            // The handle may carry another transfer by now.
            guard let socket = sockets[descriptor], let handle = socket.handle, let transfer = handle.transfer else {
                continue
            }
            if transfer.target === socket.target { stopWorking(on: handle, descriptor) }
        }
        guard multi.timer == 0 else { return }
        for descriptor in descriptors where sockets.hasBytes(descriptor) { multi.unfinished.append(descriptor) }
    }

    /// Completes the transfers that have ended.
    func collectResults(of multi: CurlMulti) {
        while let (handle, code) = multi.nextResult() { complete(handle, code: code) }
    }

    private func stopWorking(on handle: CurlHandle, _ descriptor: Int32) {
        guard let transfer = handle.transfer else { return }
        sockets.retire(descriptor)
        fail(transfer, CurlFailure.tooMuchWork(for: transfer))
        release(handle)
    }
}
