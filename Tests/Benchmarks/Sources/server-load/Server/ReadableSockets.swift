import Foundation
import LoadFunctions

/// A set of sockets that reports which of them are readable, over epoll or kqueue. Closing a socket removes it.
///
/// Only one thread may use a value.
struct ReadableSockets: ~Copyable {
    private let queue: Int32

    /// Creates an empty set.
    ///
    /// - Throws: `POSIXError` if no descriptor is available.
    init() throws {
        #if os(Linux)
            queue = epoll_create1(0)
        #else
            queue = kqueue()
        #endif
        guard queue >= 0 else { throw POSIXError(.EMFILE) }
    }

    deinit { close(queue) }

    /// Adds a socket. Returns false if the system refuses it.
    func add(_ socket: Int32) -> Bool {
        #if os(Linux)
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.fd = socket
            return epoll_ctl(queue, EPOLL_CTL_ADD, socket, &event) == 0
        #else
            var event = Darwin.kevent()
            event.ident = UInt(socket)
            event.filter = Int16(EVFILT_READ)
            event.flags = UInt16(EV_ADD)
            return kevent(queue, &event, 1, nil, 0, nil) == 0
        #endif
    }

    /// Blocks until sockets are readable and calls `body` with each of them, at most 256.
    func wait(_ body: (Int32) -> Void) {
        let capacity = 256
        #if os(Linux)
            withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: capacity) { events in
                let count = epoll_wait(queue, events.baseAddress, Int32(capacity), -1)
                for index in 0..<max(Int(count), 0) { body(events[index].data.fd) }
            }
        #else
            withUnsafeTemporaryAllocation(of: Darwin.kevent.self, capacity: capacity) { events in
                let count = kevent(queue, nil, 0, events.baseAddress, Int32(capacity), nil)
                for index in 0..<max(Int(count), 0) { body(Int32(events[index].ident)) }
            }
        #endif
    }
}
