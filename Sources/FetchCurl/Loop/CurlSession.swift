import CurlFunctions
import FetchCore

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
    let functions: CurlFunctions
    let configuration: CurlTransport.Configuration
    let mailbox: LoopMailbox
    let resolver: HostResolver
    let watchdog: LoopWatchdog?
    var multis: MultiHandles
    var names: NameCache
    var handles = HandlePool()
    /// The handles of transfers whose body is streamed.
    var streamHandles = HandlePool()
    var sockets: SocketTable
    var delivery = ResponseDelivery()
    /// The streamed bodies with new chunks, whose readers aren't resumed yet.
    var readableBodies: [BodyQueue] = []
    var wait = EventWait()
    /// The time after the last wait or call of libcurl, in nanoseconds of the monotonic clock.
    var now = MonotonicTime.now
    private var ready: [pollfd] = []
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
        let connectionLifetime = Int64(max(configuration.connectionLifetime.wholeMilliseconds, 100)) * 1_000_000
        multis = MultiHandles(lifetime: connectionLifetime)
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
            for multi in multis.all {
                if let timer = multi.timer, timer <= now { fireTimer(of: multi) }
                collectResults(of: multi)
            }
            for multi in multis.takeUnused() { close(multi) }
            delivery.resumeTasks()
            resumeReaders()
            waitForSockets()
            delivery.resumeTasks()
        }
        end()
    }

    private func execute(_ command: LoopMailbox.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .abandon(let transfer, let timedOut): abandon(transfer, timedOut: timedOut)
        case .resume(let transfer): resume(transfer)
        case .resolved(let name, let result): resolved(name, result)
        case .stop: isStopping = true
        }
    }

    /// Waits until a socket is ready, libcurl's timer is due or a command is posted, and handles each ready socket
    /// once.
    private func waitForSockets() {
        let count = wait.wait(
            for: &sockets.polled,
            until: multis.timer,
            requests: handles.activeCount + streamHandles.activeCount,
            unless: { mailbox.hasCommands },
            prepareToSleep: mailbox.prepareToSleep
        )
        now = MonotonicTime.now
        guard count > 0 else { return }
        if sockets.polled[0].revents != 0 { mailbox.drain() }
        // libcurl's callbacks add and remove sockets, so the ready ones are copied first.
        for entry in sockets.polled.dropFirst() where entry.revents != 0 { ready.append(entry) }
        for entry in ready {
            handle(entry)
            resumeReaders()
            if delivery.isDue(now: now) { delivery.resumeTasks() }
        }
        ready.removeAll(keepingCapacity: true)
    }

    private func end() {
        let active = handles.active + streamHandles.active
        for transfer in names.allWaiting + active.compactMap(\.transfer) {
            fail(transfer, CurlFailure.shutDown(transfer))
        }
        for handle in active { handle.multi?.remove(handle) }
        handles = HandlePool()
        streamHandles = HandlePool()
        for multi in multis.takeAll() { close(multi) }
        watchdog?.stop()
        sockets.close()
    }
}
