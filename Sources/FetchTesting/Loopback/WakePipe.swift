import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Wakes a thread that waits on descriptors.
///
/// It can be rung from anywhere at any time, also after it is closed. Only the thread that waits closes it.
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

    package func ring() {
        writeEnd.withLock { end in
            guard let end else { return }
            var byte: UInt8 = 0
            _ = write(end, &byte, 1)
        }
    }

    /// What ended a wait.
    package struct Events {
        package var rung = false
        package var socketHasSomething = false
    }

    /// Waits until the pipe is rung, or the socket has something: bytes, a connection, the end of a stream, or an error.
    ///
    /// The socket is always polled for reading. An entry without events is no way to wait for a connection's end alone: XNU's
    /// `poll` registers a filter for `POLLIN` or `POLLOUT` and nothing for `events == 0`, so that no `POLLHUP` is reported
    /// either (`poll_nocancel` in `bsd/kern/sys_generic.c`).
    ///
    /// - Parameters:
    ///   - socket: A socket to wait for besides. `nil` waits for the pipe alone.
    ///   - duration: The longest time to wait, in full milliseconds, rounded up. `nil` is any time.
    package func wait(with socket: LoopbackSocket?, atMost duration: Duration? = nil) -> Events {
        var entries = [pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)]
        if let socket { entries.append(pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)) }
        let milliseconds = duration.map { Int32(min(max(($0 / .milliseconds(1)).rounded(.up), 0), 86_400_000)) }
        while poll(&entries, nfds_t(entries.count), milliseconds ?? -1) < 0, errno == EINTR {}
        var events = Events()
        if entries[0].revents != 0 {
            events.rung = true
            var byte: UInt8 = 0
            _ = read(readEnd, &byte, 1)
        }
        events.socketHasSomething = entries.count > 1 && entries[1].revents != 0
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

func closeDescriptor(_ descriptor: Int32) {
    #if canImport(Darwin)
        _ = Darwin.close(descriptor)
    #elseif canImport(Musl)
        _ = Musl.close(descriptor)
    #else
        _ = Glibc.close(descriptor)
    #endif
}
