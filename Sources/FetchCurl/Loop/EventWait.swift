#if canImport(Darwin)
    package import Darwin
#elseif canImport(Musl)
    package import Musl
#else
    package import Glibc
#endif

/// The event loop's wait for a socket, a timer or a command, with adaptive busy polling.
///
/// Waking a sleeping thread can take longer than a peer on the same machine takes to respond. The loop therefore polls
/// without sleeping for a short time if few requests are in flight, a request began or ended since the last wait, and
/// the last wait was short. It sleeps at once in the other cases: a server on the network takes longer to respond, a
/// body in many parts ends no request with each part, and with many requests one wake-up serves several of them.
package struct EventWait {
    /// The maximum number of requests in flight with which the loop polls without sleeping.
    private static let maximumBusyRequests = 4

    private let busyTime: Int64
    private var wasShort = false
    /// True if a request began or ended since the last wait.
    private var hasTransferred = false

    /// Creates the wait of one event loop.
    ///
    /// - Parameter busyTime: The time in nanoseconds to poll before sleeping. Defaults to 200 µs.
    package init(busyTime: Int64 = 200_000) { self.busyTime = busyTime }

    /// Records that a request began or ended.
    package mutating func noteTransfer() { hasTransferred = true }

    /// Waits until a socket is ready, the timer is due or a command is posted.
    ///
    /// - Parameters:
    ///   - sockets: The sockets. Their `revents` are set.
    ///   - time: The time of the monotonic clock in nanoseconds at which the wait ends; `nil` for no limit.
    ///   - requests: The number of requests in flight.
    ///   - hasCommand: Returns true if a command is posted.
    ///   - prepareToSleep: Requests that the next command makes one of the sockets readable. Returns false if a command
    ///     is posted already.
    /// - Returns: The number of ready sockets.
    package mutating func wait(
        for sockets: inout [pollfd],
        until time: Int64?,
        requests: Int,
        unless hasCommand: () -> Bool,
        prepareToSleep: () -> Bool
    ) -> Int32 {
        let isBusy = wasShort && hasTransferred && requests <= Self.maximumBusyRequests
        hasTransferred = false
        let start = MonotonicTime.now
        let end = isBusy ? min(start + busyTime, time ?? .max) : start
        var now = start
        while now < end {
            if hasCommand() { return 0 }
            let count = poll(&sockets, nfds_t(sockets.count), 0)
            guard count == 0 else { return count }
            now = MonotonicTime.now
        }
        if now - start >= busyTime { wasShort = false }
        guard prepareToSleep(), time.map({ $0 > now }) ?? true else { return poll(&sockets, nfds_t(sockets.count), 0) }
        let milliseconds = time.map { Int32(clamping: ($0 - now + 999_999) / 1_000_000) } ?? -1
        let count = poll(&sockets, nfds_t(sockets.count), milliseconds)
        wasShort = MonotonicTime.now - start < busyTime
        return count
    }
}
