import Synchronization
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A self-pipe that wakes a thread from `poll`.
///
/// Any thread can signal it at any time, even after it is closed. Only the waiting thread may close it.
package final class WakePipe: Sendable {
    private let readEnd: Int32
    private let writeEnd: Mutex<Int32?>

    package init() throws {
        var ends: [Int32] = [-1, -1]
        try SystemFailure.check("pipe", pipe(&ends))
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = Mutex(ends[1])
    }

    package func signal() {
        writeEnd.withLock { end in
            guard let end else { return }
            var byte: UInt8 = 0
            _ = write(end, &byte, 1)
        }
    }

    /// The events that ended a wait. Both are false if the duration ran out.
    package struct Events {
        package var isSignalled = false
        package var isSocketReadable = false
    }

    /// Blocks until the pipe is signalled or the socket is readable: bytes, a connection, the end of the stream, or an
    /// error.
    ///
    /// The socket is always polled for reading. An entry without events can't detect the end of a connection alone:
    /// XNU's `poll` registers a filter for `POLLIN` or `POLLOUT` and none for `events == 0`, so it doesn't report
    /// `POLLHUP` either (`poll_nocancel` in `bsd/kern/sys_generic.c`).
    ///
    /// - Parameters:
    ///   - socket: A socket to wait for as well. `nil` waits only for the pipe.
    ///   - duration: The maximum time to wait, rounded up to milliseconds and clamped to one day. Defaults to `nil`, no
    ///     limit.
    /// - Returns: The events that ended the wait.
    package func wait(with socket: LoopbackSocket?, atMost duration: Duration? = nil) -> Events {
        var entries = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
        if let socket { entries.append(pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)) }
        let milliseconds = duration.map { Int32(min(max(($0 / .milliseconds(1)).rounded(.up), 0), 86_400_000)) }
        while poll(&entries, nfds_t(entries.count), milliseconds ?? -1) < 0, errno == EINTR {}
        var events = Events()
        if entries[0].revents != 0 {
            events.isSignalled = true
            var byte: UInt8 = 0
            _ = read(readEnd, &byte, 1)
        }
        events.isSocketReadable = entries.count > 1 && entries[1].revents != 0
        return events
    }

    package func close() {
        writeEnd.withLock { end in
            guard let open = end else { return }
            end = nil
            closeDescriptor(open)
            closeDescriptor(readEnd)
        }
    }
}
