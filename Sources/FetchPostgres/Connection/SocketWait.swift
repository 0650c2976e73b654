#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Waits for a socket on the calling thread, until a deadline, or until the task is cancelled.
enum SocketWait {
    /// The interval in which the cancellation of the task is looked at, in milliseconds.
    private static let interval: Int32 = 50

    /// Waits until the socket is readable, or writable, or has failed.
    ///
    /// - Throws: `CancellationError` if the task is cancelled; ``PostgresError`` with the code `noResponse` after the
    ///   deadline.
    static func wait(
        _ socket: Int32,
        reading: Bool,
        writing: Bool,
        until deadline: ContinuousClock.Instant
    ) throws {
        var entry = pollfd(fd: socket, events: Int16((reading ? POLLIN : 0) | (writing ? POLLOUT : 0)), revents: 0)
        while true {
            let rest = ContinuousClock.now.duration(to: deadline)
            guard rest > .zero else {
                throw PostgresError(state: PostgresError.noResponse, message: "the database doesn't respond")
            }
            let milliseconds = rest < .milliseconds(Int(interval)) ? max(Int32(rest / .milliseconds(1)), 1) : interval
            if poll(&entry, 1, milliseconds) > 0 { return }
            try Task.checkCancellation()
        }
    }

    /// True if the socket has something to read, such as its end.
    static func isReadable(_ socket: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }
}
