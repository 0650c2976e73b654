import CurlFunctions
import FetchCore
import Synchronization
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The event loop that drives libcurl's multi handles, in a thread of its own.
///
/// libcurl reports the sockets and the timer that it needs (`curl_multi_socket_action`), and the loop waits for them
/// with `poll`. Each call of libcurl concerns one socket, so the loop can measure the cost of each response. A watchdog
/// interrupts calls that don't return.
final class CurlSession {
    /// The maximum time spent on one response, in nanoseconds. The largest common response, compressed, takes a tenth
    /// of it on a slow machine.
    private static let workLimit: Int64 = 2_000_000_000
    /// The work in nanoseconds beyond which processor time is measured instead of wall-clock time. A loaded machine
    /// doesn't inflate processor time, but reading it takes a system call.
    private static let suspiciousWork = workLimit / 8

    private let functions: CurlFunctions
    private let configuration: CurlTransport.Configuration
    private let mailbox: LoopMailbox
    private let resolver: HostResolver
    /// The multi handles. New transfers are added to the last one.
    private var multis: [CurlMulti] = []
    /// The age in nanoseconds at which a multi handle accepts no more transfers.
    private let connectionLifetime: Int64
    private let watchdog: LoopWatchdog?
    private var names: NameCache
    private var handles = HandlePool()
    private var sockets: SocketTable
    private var ready: [pollfd] = []
    private var wait = EventWait()
    private var now = MonotonicTime.now
    private var isStopping = false

    init(
        _ functions: CurlFunctions,
        _ configuration: CurlTransport.Configuration,
        mailbox: LoopMailbox,
        resolver: HostResolver
    ) {
        self.functions = functions
        self.configuration = configuration
        self.mailbox = mailbox
        self.resolver = resolver
        connectionLifetime = Int64(max(configuration.connectionLifetime.wholeMilliseconds, 100)) * 1_000_000
        names = NameCache(lifetime: connectionLifetime)
        sockets = SocketTable(wakingBy: mailbox.readEnd)
        watchdog = sockets.endOfFile.map(LoopWatchdog.init(replacement:))
    }

    /// Runs the loop until the command ``LoopMailbox/Command/stop``.
    func run() {
        var commands: [LoopMailbox.Command] = []
        watchdog?.start()
        while true {
            mailbox.take(into: &commands)
            for command in commands { execute(command) }
            commands.removeAll(keepingCapacity: true)
            if isStopping { break }
            for multi in multis {
                if let timer = multi.timer, timer <= now { fireTimer(of: multi) }
                collectResults(of: multi)
            }
            closeOldMultis()
            waitForSockets()
        }
        end()
    }
}

// The steps of the loop.
extension CurlSession {
    private func execute(_ command: LoopMailbox.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .abandon(let transfer, let timedOut): abandon(transfer, timedOut: timedOut)
        case .resolved(let name, let result): resolved(name, result)
        case .stop: isStopping = true
        }
    }

    /// Waits until a socket is ready, libcurl's timer is due or a command is posted, and handles each ready socket
    /// once.
    private func waitForSockets() {
        let time = multis.lazy.compactMap(\.timer).min()
        let count = wait.wait(
            for: &sockets.polled,
            until: time,
            requests: handles.activeCount,
            unless: { mailbox.hasCommands },
            prepareToSleep: mailbox.prepareToSleep
        )
        now = MonotonicTime.now
        guard count > 0 else { return }
        if sockets.polled[0].revents != 0 { mailbox.drain() }
        // libcurl's callbacks add and remove sockets, so the ready ones are copied first.
        for entry in sockets.polled.dropFirst() where entry.revents != 0 { ready.append(entry) }
        for entry in ready { handle(entry) }
        ready.removeAll(keepingCapacity: true)
    }

    private func handle(_ entry: pollfd) {
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
        let handle = socket.handle
        let isSuspicious = (handle?.work ?? 0) > Self.suspiciousWork
        let start = isSuspicious ? MonotonicTime.spentByThread : now
        let isWatched = mayHang(socket, entry)
        if isWatched, !socket.hasRead { sockets[entry.fd]?.hasRead = true }
        if !socket.isEstablished, entry.revents == Int16(POLLIN) { sockets[entry.fd]?.isEstablished = true }
        if !multi.unfinished.isEmpty { multi.unfinished.removeAll { $0 == entry.fd } }
        if isWatched { watchdog?.begin(entry.fd, unfinished: multi.unfinished) }
        multi.act(on: entry.fd, events: events)
        if isWatched { endWatch(of: [entry.fd], multi) }
        now = MonotonicTime.now
        // On a loaded machine, a call can take long without using much processor time.
        let spent = isSuspicious ? MonotonicTime.spentByThread - start : min(now - start, Self.suspiciousWork)
        collectResults(of: multi)
        // The handle may carry another transfer by now.
        guard let handle, handle.transfer?.target === socket.target else { return }
        handle.work += spent
        if handle.work > Self.workLimit { stopWorking(on: handle, entry.fd) }
    }

    /// True if the watchdog monitors calls for a socket.
    ///
    /// Calls that may load certificate authorities, which is slow, are exempt: those before the first readable byte,
    /// and with a proxy those before its response.
    private func mayHang(_ socket: SocketTable.Socket, _ entry: pollfd) -> Bool {
        if socket.hasRead { return true }
        guard socket.target?.proxy == nil || socket.handle?.response.isUntouched == false else { return false }
        return entry.revents & Int16(POLLIN) != 0
    }

    /// Reports a due timer to libcurl, which may continue to read large responses.
    private func fireTimer(of multi: CurlMulti) {
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
    private func endWatch(of descriptors: [Int32], _ multi: CurlMulti) {
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

    private func collectResults(of multi: CurlMulti) {
        while let (handle, code) = multi.nextResult() { complete(handle, code: code) }
    }
}

// The steps of one transfer.
extension CurlSession {
    /// Hands a transfer to libcurl, or queues it until its names are resolved.
    private func start(_ transfer: CurlTransfer) {
        guard !transfer.isFinished else { return }
        for name in transfer.target.names {
            let (isKnown, mustResolve) = names.look(up: name.host, for: transfer, now: now)
            if mustResolve { resolve(name.host) }
            guard isKnown else { return }
        }
        guard let multi = multiForNewTransfers(), let handle = handles.acquire(orMake: newHandle) else {
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't allocate memory for a request"))
        }
        // Each entry is handed to libcurl once, so all names must be known at this point.
        let entries = transfer.target.names.compactMap { names.entryForLibrary($0) }
        handle.prepare(transfer, resolved: entries, now: now)
        wait.noteTransfer()
        guard multi.add(handle) else {
            handles.release(handle)
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't start a request"))
        }
    }

    /// Returns the latest multi handle, or a new one if the latest has reached the connection lifetime; `nil` if
    /// libcurl can't allocate one.
    ///
    /// libcurl has no option to retire an HTTP/2 connection by age while it carries a request. A new multi handle opens
    /// new connections.
    private func multiForNewTransfers() -> CurlMulti? {
        if let latest = multis.last, now - latest.created < connectionLifetime { return latest }
        guard let multi = CurlMulti(functions, connectionsPerHost: configuration.connectionsPerHost, session: self)
        else {
            return multis.last
        }
        multis.append(multi)
        names.forgetLibrary()
        return multi
    }

    /// Frees the multi handles that accept no more transfers and have none left.
    private func closeOldMultis() {
        guard multis.count > 1 else { return }
        let old = multis.dropLast().filter { $0.transferCount == 0 }
        for multi in old { close(multi) }
        multis.removeAll { multi in old.contains { $0 === multi } }
    }

    /// Frees a multi handle under the watchdog: some versions of libcurl first read from its connections for as long as
    /// bytes arrive.
    private func close(_ multi: CurlMulti) {
        watchdog?.begin(nil, unfinished: sockets.descriptors { $0.multi === multi })
        multi.close()
        _ = watchdog?.end()
    }

    private func newHandle(at index: Int) -> CurlHandle? {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return CurlHandle(functions, configuration, index: index, session: context, watchdog: watchdog)
    }

    private func complete(_ handle: CurlHandle, code: Int32) {
        guard let transfer = handle.transfer else { return }
        wait.noteTransfer()
        if code == 0, handle.response.isHeadComplete { return succeed(handle, transfer) }
        let isRefused = isRefused(handle, code: code)
        if !isRefused {
            let code = code == 0 ? CurlFailure.partialFile : code
            let failure = CurlFailure(of: handle, code: code, configuration: configuration)
            if failure.isUnreachable { for name in transfer.target.names { names.expire(name.host) } }
            fail(transfer, failure.error(for: transfer))
            // libcurl would only reset the stream.
            if handle.response.excess != nil { retireMultiplexedConnections(to: transfer.target, openedBefore: now) }
        }
        release(handle)
        if isRefused { start(transfer) }
    }

    private func succeed(_ handle: CurlHandle, _ transfer: CurlTransfer) {
        keepConnection(of: handle)
        let response = handle.takeResponse()
        transfer.target.lastResponse.store(now, ordering: .relaxed)
        transfer.target.lastBodySize.store(response.body.count, ordering: .relaxed)
        let continuation = transfer.succeed()
        // Releases the handle before the task resumes, so that the task and not this thread frees the transfer.
        release(handle)
        continuation?.resume(returning: response)
    }

    /// Returns true if a reused HTTP/2 connection refused the request before any byte of the response, as with GOAWAY.
    /// The request is then sent once more, as libcurl itself does over HTTP/1.
    private func isRefused(_ handle: CurlHandle, code: Int32) -> Bool {
        guard
            code == CurlFailure.http2Error,
            handle.response.isUntouched,
            handle.easy.value(of: CurlInfo.newConnections) == 0,
            let transfer = handle.transfer
        else { return false }
        return !transfer.isSentAgain.exchange(true, ordering: .relaxed)
    }

    /// Watches an HTTP/1 connection for unsolicited bytes after its response.
    private func keepConnection(of handle: CurlHandle) {
        guard handle.response.isHTTP1, let descriptor = handle.idleSocket, sockets[descriptor]?.handle === handle else {
            return
        }
        sockets.watchIdle(descriptor)
    }

    /// Removes a transfer that its caller has cancelled or that has timed out.
    private func abandon(_ transfer: CurlTransfer, timedOut: Bool) {
        guard let handle = handles.handle(of: transfer) else { return }
        handle.multi?.remove(handle)
        // libcurl reads the name entries when it starts a transfer, which may not have happened yet.
        if handle.response.isUntouched { for name in transfer.target.names { names.forgetLibrary(name) } }
        if timedOut { retireSilentConnections(of: handle, to: transfer.target) }
        handles.release(handle)
    }

    /// Retires a target's HTTP/2 connections after a timeout, if no response arrived in the second half of the
    /// request's time.
    ///
    /// libcurl closes an HTTP/1 connection with its request. It keeps an HTTP/2 connection open for the other requests
    /// on it, and would reuse it indefinitely even if the peer is unreachable or sends only frames without a response.
    private func retireSilentConnections(of handle: CurlHandle, to target: TransferTarget) {
        let now = MonotonicTime.now
        let sinceResponse = now - target.lastResponse.load(ordering: .relaxed)
        let half = (now - handle.start) / 2
        if sinceResponse > half { retireMultiplexedConnections(to: target, openedBefore: now - half) }
    }

    private func retireMultiplexedConnections(to target: TransferTarget, openedBefore time: Int64) {
        guard target.isSecure else { return }
        let candidates = sockets.descriptors {
            $0.target === target && $0.isEstablished && !$0.isHTTP1 && $0.opened < time
        }
        for descriptor in candidates { sockets.retire(descriptor) }
    }

    private func stopWorking(on handle: CurlHandle, _ descriptor: Int32) {
        guard let transfer = handle.transfer else { return }
        sockets.retire(descriptor)
        fail(transfer, CurlFailure.tooMuchWork(for: transfer))
        release(handle)
    }

    private func release(_ handle: CurlHandle) {
        handle.multi?.remove(handle)
        handles.release(handle)
    }

    private func fail(_ transfer: CurlTransfer, _ error: FetchError) { transfer.finish(throwing: error) }

    private func end() {
        for transfer in names.allWaiting + handles.active.compactMap(\.transfer) {
            fail(transfer, CurlFailure.shutDown(transfer))
        }
        for handle in handles.active { handle.multi?.remove(handle) }
        handles = HandlePool()
        for multi in multis { close(multi) }
        multis = []
        watchdog?.stop()
        sockets.close()
    }
}

// Name resolution.
extension CurlSession {
    private func resolve(_ name: String) {
        resolver.start(name) { [mailbox] result in mailbox.post(.resolved(name: name, result)) }
    }

    private func resolved(_ name: String, _ result: Result<[String], any Error>) {
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

// libcurl's callbacks.
extension CurlSession {
    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> CurlSession {
        Unmanaged<CurlSession>.fromOpaque(context).takeUnretainedValue()
    }

    /// Updates the events that libcurl waits for on a socket.
    func watch(_ descriptor: Int32, for action: Int32, handle: CurlHandle?, of multi: CurlMulti) {
        if action == CurlValue.pollRemove {
            sockets.ignore(descriptor)
            handle?.idleSocket = descriptor
        } else {
            sockets.watch(descriptor, for: action, handle: handle, of: multi)
            handle?.idleSocket = nil
        }
    }

    private func forget(_ descriptor: Int32) {
        watchdog?.forget(descriptor)
        sockets[descriptor]?.multi.unfinished.removeAll { $0 == descriptor }
        sockets.remove(descriptor)
    }

    /// Opens a socket with close-on-exec set.
    static let openSocket: CurlOpenSocketCallback = { context, _, address in
        guard let context, let address = address?.assumingMemoryBound(to: CurlSocketAddress.self) else { return -1 }
        let handle = CurlHandle.at(context)
        handle.watchdog?.exemptCall()
        let (family, type) = (address.pointee.family, address.pointee.type)
        #if canImport(Darwin)
            let descriptor = socket(family, type, address.pointee.protocol)
        #elseif canImport(Musl)
            let descriptor = socket(family, type | SOCK_CLOEXEC, address.pointee.protocol)
        #else
            let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
        #endif
        guard descriptor >= 0 else {
            // Other errors concern the address, such as IPv6 on a system without it.
            if [EMFILE, ENFILE].contains(errno) { handle.socketError = errno }
            return descriptor
        }
        #if canImport(Darwin)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        #endif
        handle.socketError = nil
        // libcurl 7.88 to 8.1 closes an unconnected socket without calling `closeSocket`, and the system reuses its
        // number.
        handle.multi?.session.forget(descriptor)
        return descriptor
    }

    static let closeSocket: CurlCloseSocketCallback = { context, descriptor in
        if let context { CurlSession.at(context).forget(descriptor) }
        closeDescriptor(descriptor)
        return 0
    }
}
