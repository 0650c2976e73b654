#if canImport(Darwin)
    package import Darwin
#elseif canImport(Musl)
    package import Musl
#else
    package import Glibc
#endif

/// The loop's wait for a socket, a time or a command.
///
/// To wake a sleeping thread can take longer than a peer on the same machine takes to respond. So where few requests are under
/// way, each pass of the loop begins or ends one, and the last wait was short, the loop looks again and again for a moment before it
/// sleeps. A wait for a server on the network is longer, a body that comes in many parts ends no request with each, and with many
/// requests one wake-up serves several.
package struct EventWait {
    /// The number of requests up to which the loop stays awake.
    private static let busyRequests = 4

    private let busyTime: Int64
    private var wasShort = false
    /// Set if a request began or ended since the last wait.
    private var hasTransferred = false

    /// Creates a wait.
    ///
    /// - Parameter busyTime: The time for which the loop stays awake, in nanoseconds.
    package init(busyTime: Int64 = 200_000) { self.busyTime = busyTime }

    /// Notes that a request began or ended.
    package mutating func noteTransfer() { hasTransferred = true }

    /// Waits until a socket is ready, the time has come, or there is a command.
    ///
    /// - Parameters:
    ///   - sockets: The sockets, whose `revents` are set.
    ///   - time: The time of the monotonic clock at which the wait ends; `nil` for none.
    ///   - requests: The number of requests that are under way.
    ///   - hasCommand: Returns whether there is a command.
    ///   - prepareToSleep: Makes sure that a command will be readable from one of the sockets; false if there is one already.
    /// - Returns: The number of sockets that are ready.
    package mutating func wait(
        for sockets: inout [pollfd],
        until time: Int64?,
        requests: Int,
        unless hasCommand: () -> Bool,
        prepareToSleep: () -> Bool
    ) -> Int32 {
        let isBusy = wasShort && hasTransferred && requests <= Self.busyRequests
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
