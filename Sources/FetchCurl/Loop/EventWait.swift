#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The loop's wait for a socket, a time or a command.
///
/// To wake a sleeping thread can take longer than a peer on the same machine takes to respond. So where few requests are under
/// way, and the last wait was short, the loop looks again and again for a moment before it sleeps. A wait for a server on the
/// network is never that short, and with many requests one wake-up serves several.
struct EventWait {
    /// The number of requests up to which the loop stays awake.
    private static let busyRequests = 4

    private let busyTime: Int64
    /// Whether the last wait was short.
    private var isBusy = false

    /// Creates a wait.
    ///
    /// - Parameter busyTime: The time for which the loop stays awake, in nanoseconds.
    init(busyTime: Int64 = 200_000) { self.busyTime = busyTime }

    /// Waits until a socket is ready, the time has come, or there is a command.
    ///
    /// - Parameters:
    ///   - sockets: The sockets, whose `revents` are set.
    ///   - time: The time of the monotonic clock at which the wait ends; `nil` for none.
    ///   - requests: The number of requests that are under way.
    /// - Returns: The number of sockets that are ready.
    mutating func wait(for sockets: inout [pollfd], until time: Int64?, or mailbox: LoopMailbox, requests: Int) -> Int32
    {
        let start = MonotonicTime.now
        if requests > Self.busyRequests { isBusy = false }
        let end = isBusy ? min(start + busyTime, time ?? .max) : start
        var now = start
        while now < end {
            if mailbox.hasCommands { return 0 }
            let count = poll(&sockets, nfds_t(sockets.count), 0)
            guard count == 0 else { return count }
            now = MonotonicTime.now
        }
        var milliseconds: Int32 = -1
        if let time { milliseconds = Int32(clamping: (max(time - now, 0) + 999_999) / 1_000_000) }
        if !mailbox.prepareToSleep() { milliseconds = 0 }
        let count = poll(&sockets, nfds_t(sockets.count), milliseconds)
        isBusy = requests <= Self.busyRequests && MonotonicTime.now - start < busyTime
        return count
    }
}
