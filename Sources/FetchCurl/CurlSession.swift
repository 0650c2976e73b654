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

/// The event loop around a multi handle of libcurl. It lives in one thread, which only this loop blocks.
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
    private let multi: CurlMulti
    private let watchdog: LoopWatchdog?
    private var names: NameCache
    private var handles = HandlePool()
    private var sockets: SocketTable
    /// The sockets from which libcurl hasn't read all that there was. It reads on in every call, whatever that is about.
    private var unfinished: [Int32] = []
    private var ready: [pollfd] = []
    private var wait = EventWait()
    /// The time at which libcurl wants to be called without a socket.
    private var timer: Int64?
    private var now = MonotonicTime.now
    private var isStopping = false

    /// Creates a session; `nil` if libcurl has no memory for one.
    init?(
        _ functions: CurlFunctions,
        _ configuration: CurlTransport.Configuration,
        mailbox: LoopMailbox,
        resolver: HostResolver
    ) {
        guard let multi = CurlMulti(functions, connectionsPerHost: configuration.connectionsPerHost) else { return nil }
        self.multi = multi
        self.functions = functions
        self.configuration = configuration
        self.mailbox = mailbox
        self.resolver = resolver
        names = NameCache(lifetime: Int64(configuration.connectionLifetime.wholeMilliseconds) * 1_000_000)
        sockets = SocketTable(wakingBy: mailbox.readEnd)
        watchdog = sockets.ended.map(LoopWatchdog.init(replacement:))
        let context = Unmanaged.passUnretained(self).toOpaque()
        multi.report(to: context, socketChanged: socketChanged, timerChanged: timerChanged)
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
            if let timer, timer <= now {
                self.timer = nil
                continueUnfinished()
            }
            collectResults()
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
        let count = wait.wait(for: &sockets.polled, until: timer, or: mailbox, requests: handles.activeCount)
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
        if !unfinished.isEmpty { unfinished.removeAll { $0 == entry.fd } }
        if isWatched { watchdog?.begin(entry.fd, unfinished: unfinished) }
        multi.act(on: entry.fd, events: events)
        if isWatched { endWatch(of: [entry.fd]) }
        now = MonotonicTime.now
        // One call on a busy machine can take long without computing much.
        let spent = isSuspicious ? MonotonicTime.spentByThread - start : min(now - start, Self.suspiciousWork)
        collectResults()
        // A handle can have another transfer by now.
        guard let handle, handle.transfer?.target === socket.target else { return }
        handle.work += spent
        if handle.work > Self.workLimit { stopWorking(on: handle, entry.fd) }
    }

    /// Whether a call about a socket is watched. Before there is something to read, it may load certificate authorities, which takes
    /// its time; behind a proxy, that is after the proxy's response.
    private func mayHang(_ socket: SocketTable.Socket, _ entry: pollfd) -> Bool {
        guard socket.target?.proxy == nil || socket.handle?.response.isUntouched == false else { return false }
        return socket.hasRead || entry.revents & Int16(POLLIN) != 0
    }

    /// Lets libcurl do what its timer was for, such as reading on where there is much to read.
    private func continueUnfinished() {
        let continued = unfinished
        unfinished = []
        if !continued.isEmpty { watchdog?.begin(nil, unfinished: continued) }
        multi.actOnTime()
        if !continued.isEmpty { endWatch(of: continued) }
    }

    /// Fails the transfers whose connections the watchdog has ended, and notes the sockets from which libcurl hasn't read all.
    private func endWatch(of descriptors: [Int32]) {
        for descriptor in watchdog?.end() ?? [] {
            unfinished.removeAll { $0 == descriptor }
            // The handle can have another transfer by now.
            guard let socket = sockets[descriptor], let handle = socket.handle, let transfer = handle.transfer else {
                continue
            }
            if transfer.target === socket.target { stopWorking(on: handle, descriptor) }
        }
        guard timer == 0 else { return }
        for descriptor in descriptors where sockets.hasBytes(descriptor) { unfinished.append(descriptor) }
    }

    private func collectResults() {
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
        // Only when all names are known: an entry is handed to libcurl once.
        let entries = transfer.target.names.compactMap { names.entryForLibrary($0) }
        guard let handle = handles.take(orMake: newHandle) else {
            return fail(transfer, FetchError(.connectionFailed, "libcurl has no memory for a request"))
        }
        handle.prepare(transfer, resolved: entries, now: now)
        guard multi.add(handle) else {
            handles.giveBack(handle)
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't begin a request"))
        }
    }

    private func newHandle(at index: Int) -> CurlHandle? {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return CurlHandle(functions, configuration, index: index, session: context, watchdog: watchdog)
    }

    private func complete(_ handle: CurlHandle, code: Int32) {
        guard let transfer = handle.transfer else { return }
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

    /// Whether a kept connection of HTTP/2 was closed to the request before anything of a response came, as with GOAWAY. The
    /// request is sent once more, as libcurl does it itself over HTTP/1.
    private func isRefused(_ handle: CurlHandle, code: Int32) -> Bool {
        guard
            code == CurlFailure.brokenHTTP2,
            handle.response.isUntouched,
            handle.value(of: CurlInfo.newConnections) == 0,
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
        multi.remove(handle)
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
        let useless = sockets.descriptors { $0.target === target && !$0.isHTTP1 && $0.opened < time }
        for descriptor in useless { sockets.retire(descriptor) }
    }

    private func stopWorking(on handle: CurlHandle, _ descriptor: Int32) {
        guard let transfer = handle.transfer else { return }
        sockets.retire(descriptor)
        fail(transfer, CurlFailure.tooMuchWork(for: transfer))
        release(handle)
    }

    private func release(_ handle: CurlHandle) {
        multi.remove(handle)
        handles.giveBack(handle)
    }

    private func fail(_ transfer: CurlTransfer, _ error: FetchError) { transfer.finish(throwing: error) }

    private func end() {
        watchdog?.stop()
        for transfer in names.allWaiting + handles.active.compactMap(\.transfer) {
            fail(transfer, CurlFailure.shutDown(transfer))
        }
        for handle in handles.active { multi.remove(handle) }
        handles.removeAll()
        multi.close()
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

    fileprivate func watch(_ descriptor: Int32, _ action: Int32, easy: UnsafeMutableRawPointer?) {
        let handle = easy.flatMap(multi.handle(of:))
        if action == CurlValue.pollRemove {
            sockets.ignore(descriptor)
            handle?.idleSocket = descriptor
        } else {
            sockets.watch(descriptor, for: action, handle: handle)
            handle?.idleSocket = nil
        }
    }

    fileprivate func setTimer(_ milliseconds: Int) {
        timer =
            switch milliseconds {
            case ..<0: nil
            // At once, whatever time it is.
            case 0: 0
            default: MonotonicTime.now + Int64(milliseconds) * 1_000_000
            }
    }

    /// Opens a socket that programs which the process starts don't inherit.
    static let openSocket: CurlOpenSocketCallback = { context, _, address in
        if let context { CurlSession.at(context).watchdog?.excuse() }
        guard let address = address?.assumingMemoryBound(to: CurlSocketAddress.self) else { return -1 }
        let (family, type) = (address.pointee.family, address.pointee.type)
        #if canImport(Darwin)
            let descriptor = socket(family, type, address.pointee.protocol)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        #elseif canImport(Musl)
            return socket(family, type | SOCK_CLOEXEC, address.pointee.protocol)
        #else
            return socket(family, type | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
        #endif
    }

    static let closeSocket: CurlCloseSocketCallback = { context, descriptor in
        if let context {
            let session = CurlSession.at(context)
            session.watchdog?.forget(descriptor)
            session.unfinished.removeAll { $0 == descriptor }
            session.sockets.remove(descriptor)
        }
        closeDescriptor(descriptor)
        return 0
    }
}

private let socketChanged: CurlSocketCallback = { easy, descriptor, action, context, _ in
    if let context { CurlSession.at(context).watch(descriptor, action, easy: easy) }
    return 0
}

private let timerChanged: CurlTimerCallback = { _, milliseconds, context in
    if let context { CurlSession.at(context).setTimer(milliseconds) }
    return 0
}
