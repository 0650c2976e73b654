import CurlFunctions
import FetchCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The event loop around multi handles of libcurl. It lives in one thread, which only this loop blocks.
///
/// libcurl says which sockets and which time it waits for (`curl_multi_socket_action`), the loop waits for them with `poll`.
/// So each step of the loop is about one socket, and its cost is known. A watchdog ends steps that don't end by themselves.
final class CurlSession {
    /// The time that the loop may spend on one response, in nanoseconds. A response of the largest usual size, compressed,
    /// takes a tenth of it on a slow machine.
    private static let workLimit: Int64 = 2_000_000_000
    /// The work from which on the processor's time counts, which a busy machine doesn't stretch, but takes a system call to read.
    private static let suspiciousWork = workLimit / 8

    private let functions: CurlFunctions
    private let configuration: CurlTransport.Configuration
    private let mailbox: LoopMailbox
    private let resolver: HostResolver
    /// The multi handles, of which the last takes new transfers.
    private var multis: [CurlMulti] = []
    /// The age from which on a multi handle takes no new transfer, in nanoseconds.
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
        watchdog = sockets.ended.map(LoopWatchdog.init(replacement:))
    }

    /// Runs the loop until a command ends it.
    func run() {
        var commands: [LoopMailbox.Command] = []
        watchdog?.start()
        while true {
            mailbox.take(into: &commands)
            for command in commands { carryOut(command) }
            commands.removeAll(keepingCapacity: true)
            if isStopping { break }
            for multi in multis {
                if let timer = multi.timer, timer <= now { actOnTime(multi) }
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
    private func carryOut(_ command: LoopMailbox.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .abandon(let transfer, let timedOut): abandon(transfer, timedOut: timedOut)
        case .resolved(let name, let result): resolved(name, result)
        case .stop: isStopping = true
        }
    }

    /// Waits until a socket is ready, libcurl's time has come, or there is a command, and handles each ready socket once.
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
        // A call of libcurl's can add and remove sockets, so that those that are ready are noted before.
        for entry in sockets.polled.dropFirst() where entry.revents != 0 { ready.append(entry) }
        for entry in ready { handle(entry) }
        ready.removeAll(keepingCapacity: true)
    }

    private func handle(_ entry: pollfd) {
        guard let socket = sockets[entry.fd] else { return }
        let multi = socket.multi
        guard !socket.isIdle else {
            // No request is on it: a response that comes now is one to a request that has been given up, or to none.
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
        // One call on a busy machine can take long without computing much.
        let spent = isSuspicious ? MonotonicTime.spentByThread - start : min(now - start, Self.suspiciousWork)
        collectResults(of: multi)
        // A handle can have another transfer by now.
        guard let handle, handle.transfer?.target === socket.target else { return }
        handle.work += spent
        if handle.work > Self.workLimit { stopWorking(on: handle, entry.fd) }
    }

    /// True if a call about a socket is watched. Before there is something to read, it may load certificate authorities, which takes
    /// its time; behind a proxy, that is after the proxy's response.
    private func mayHang(_ socket: SocketTable.Socket, _ entry: pollfd) -> Bool {
        if socket.hasRead { return true }
        guard socket.target?.proxy == nil || socket.handle?.response.isUntouched == false else { return false }
        return entry.revents & Int16(POLLIN) != 0
    }

    /// Lets libcurl do what its timer was for, such as reading on where there is much to read.
    private func actOnTime(_ multi: CurlMulti) {
        let continued = multi.unfinished
        multi.unfinished = []
        if !continued.isEmpty { watchdog?.begin(nil, unfinished: continued) }
        multi.actOnTime()
        if !continued.isEmpty { endWatch(of: continued, multi) }
    }

    /// Fails the transfers whose connections the watchdog has ended, and notes the sockets from which libcurl hasn't read all.
    private func endWatch(of descriptors: [Int32], _ multi: CurlMulti) {
        for descriptor in watchdog?.end() ?? [] {
            multi.unfinished.removeAll { $0 == descriptor }
            // The handle can have another transfer by now.
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

// One transfer.
extension CurlSession {
    /// Hands a transfer to libcurl, or has it wait for a name.
    private func start(_ transfer: CurlTransfer) {
        guard !transfer.isFinished else { return }
        for name in transfer.target.names {
            let (isKnown, mustResolve) = names.look(up: name.host, for: transfer, now: now)
            if mustResolve { resolve(name.host) }
            guard isKnown else { return }
        }
        guard let multi = multiForNewTransfers(), let handle = handles.take(orMake: newHandle) else {
            return fail(transfer, FetchError(.connectionFailed, "libcurl has no memory for a request"))
        }
        // Only when all names are known: an entry is handed to libcurl once.
        let entries = transfer.target.names.compactMap { names.entryForLibrary($0) }
        handle.prepare(transfer, resolved: entries, now: now)
        wait.noteTransfer()
        guard multi.add(handle) else {
            handles.giveBack(handle)
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't begin a request"))
        }
    }

    /// Returns the latest multi handle, or a new one in its place if that is as old as a connection may be; `nil` if libcurl has no
    /// memory for one.
    ///
    /// libcurl can't be told to leave a connection of HTTP/2 for its age while a request is on it. In a new multi handle all
    /// connections are new.
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

    /// Frees multi handles that take no new transfers and have none left.
    private func closeOldMultis() {
        guard multis.count > 1 else { return }
        let old = multis.dropLast().filter { $0.transferCount == 0 }
        for multi in old { close(multi) }
        multis.removeAll { multi in old.contains { $0 === multi } }
    }

    /// Frees a multi handle. Some versions of libcurl read from its connections first, as long as something comes.
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
            let code = code == 0 ? CurlFailure.brokenOff : code
            let failure = CurlFailure(of: handle, code: code, configuration: configuration)
            if failure.isUnreachable { for name in transfer.target.names { names.expire(name.host) } }
            fail(transfer, failure.error(for: transfer))
            // libcurl would only end the stream.
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
        // Before the task goes on, so that it and not this thread frees the transfer.
        release(handle)
        continuation?.resume(returning: response)
    }

    /// True if a kept connection of HTTP/2 was closed to the request before anything of a response came, as with GOAWAY. The
    /// request is sent once more, as libcurl does it itself over HTTP/1.
    private func isRefused(_ handle: CurlHandle, code: Int32) -> Bool {
        guard
            code == CurlFailure.brokenHTTP2,
            handle.response.isUntouched,
            handle.easy.value(of: CurlInfo.newConnections) == 0,
            let transfer = handle.transfer
        else { return false }
        return !transfer.isSentAgain.exchange(true, ordering: .relaxed)
    }

    /// Watches the connection over which a response of HTTP/1 has come for what nothing has asked for.
    private func keepConnection(of handle: CurlHandle) {
        guard handle.response.isHTTP1, let descriptor = handle.idleSocket, sockets[descriptor]?.handle === handle else {
            return
        }
        sockets.watchIdle(descriptor)
    }

    /// Takes a transfer from libcurl that is finished for its caller.
    private func abandon(_ transfer: CurlTransfer, timedOut: Bool) {
        guard let handle = handles.handle(of: transfer) else { return }
        handle.multi?.remove(handle)
        // libcurl takes the names' entries when it begins a transfer, which it may not have done.
        if handle.response.isUntouched { for name in transfer.target.names { names.forgetLibrary(name) } }
        if timedOut { retireUselessConnections(of: handle, to: transfer.target) }
        handles.giveBack(handle)
    }

    /// Closes connections over which no response came in the second half of the time of a request that timed out.
    ///
    /// One of HTTP/1 is closed by libcurl with its request. One of HTTP/2 goes on for the other requests on it and would be used
    /// for ever, though its peer is gone, or sends nothing but frames without a response.
    private func retireUselessConnections(of handle: CurlHandle, to target: TransferTarget) {
        let now = MonotonicTime.now
        let sinceResponse = now - target.lastResponse.load(ordering: .relaxed)
        let half = (now - handle.start) / 2
        if sinceResponse > half { retireMultiplexedConnections(to: target, openedBefore: now - half) }
    }

    private func retireMultiplexedConnections(to target: TransferTarget, openedBefore time: Int64) {
        guard target.isSecure else { return }
        let useless = sockets.descriptors {
            $0.target === target && $0.isEstablished && !$0.isHTTP1 && $0.opened < time
        }
        for descriptor in useless { sockets.retire(descriptor) }
    }

    private func stopWorking(on handle: CurlHandle, _ descriptor: Int32) {
        guard let transfer = handle.transfer else { return }
        sockets.retire(descriptor)
        fail(transfer, CurlFailure.tooMuchWork(for: transfer))
        release(handle)
    }

    private func release(_ handle: CurlHandle) {
        handle.multi?.remove(handle)
        handles.giveBack(handle)
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

// Names.
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

// The callbacks of libcurl.
extension CurlSession {
    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> CurlSession {
        Unmanaged<CurlSession>.fromOpaque(context).takeUnretainedValue()
    }

    /// Notes what libcurl waits for at a socket.
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

    /// Opens a socket that programs which the process starts don't inherit.
    static let openSocket: CurlOpenSocketCallback = { context, _, address in
        guard let context, let address = address?.assumingMemoryBound(to: CurlSocketAddress.self) else { return -1 }
        let handle = CurlHandle.at(context)
        handle.watchdog?.excuse()
        let (family, type) = (address.pointee.family, address.pointee.type)
        #if canImport(Darwin)
            let descriptor = socket(family, type, address.pointee.protocol)
        #elseif canImport(Musl)
            let descriptor = socket(family, type | SOCK_CLOEXEC, address.pointee.protocol)
        #else
            let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
        #endif
        guard descriptor >= 0 else {
            // Other errors are the address's, such as IPv6 where the system has none.
            if [EMFILE, ENFILE].contains(errno) { handle.socketError = errno }
            return descriptor
        }
        #if canImport(Darwin)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        #endif
        handle.socketError = nil
        // libcurl 7.88 to 8.1 closes a socket that isn't connected yet without a word, and its number is used again.
        handle.multi?.session.forget(descriptor)
        return descriptor
    }

    static let closeSocket: CurlCloseSocketCallback = { context, descriptor in
        if let context { CurlSession.at(context).forget(descriptor) }
        closeDescriptor(descriptor)
        return 0
    }
}
