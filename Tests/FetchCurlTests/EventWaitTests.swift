import FetchCore
import Testing

@testable import FetchCurl

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The wait of the event loop. Whether it was ready to sleep shows in the mailbox: only then does a command wake it by the pipe.
@Suite("The event loop's wait")
struct EventWaitTests {
    private let mailbox: LoopMailbox
    /// A socket that has come to its end, which is always ready.
    private let sockets: SocketTable
    /// One for which every wait in these tests is short, however busy the machine is.
    private var wait = EventWait(busyTime: 60_000_000_000)

    init() throws {
        mailbox = try LoopMailbox()
        sockets = SocketTable(wakingBy: mailbox.readEnd)
    }

    /// Waits for a socket that is ready.
    ///
    /// - Returns: Whether the loop was about to sleep.
    private mutating func waitForReadySocket(requests: Int) throws -> Bool {
        var polled = [pollfd(fd: try #require(sockets.ended), events: Int16(POLLIN), revents: 0)]
        #expect(wait.wait(for: &polled, until: nil, or: mailbox, requests: requests) == 1)
        mailbox.post(.resolved(name: "example.com", .success([])))
        var pipe = pollfd(fd: mailbox.readEnd, events: Int16(POLLIN), revents: 0)
        let wasAsleep = poll(&pipe, 1, 0) == 1
        mailbox.drain()
        var commands: [LoopMailbox.Command] = []
        mailbox.take(into: &commands)
        #expect(commands.count == 1)
        return wasAsleep
    }

    @Test
    mutating func `sleeps at first and stays awake after a short one`() throws {
        #expect(try waitForReadySocket(requests: 1))
        #expect(try !waitForReadySocket(requests: 1))
        sockets.close()
    }

    @Test
    mutating func `sleeps with many requests under way, however short the waits`() throws {
        for _ in 0..<3 { #expect(try waitForReadySocket(requests: 5)) }
        #expect(try waitForReadySocket(requests: 1))
        sockets.close()
    }

    @Test
    mutating func `sleeps again after a wait in which nothing came for a moment`() throws {
        wait = EventWait(busyTime: 500_000)
        #expect(try waitForReadySocket(requests: 1))
        var none = [pollfd(fd: mailbox.readEnd, events: Int16(POLLIN), revents: 0)]
        #expect(wait.wait(for: &none, until: MonotonicTime.now + 1_000_000, or: mailbox, requests: 1) == 0)
        #expect(try waitForReadySocket(requests: 1))
        sockets.close()
    }

    @Test
    mutating func `ends with a command while it stays awake`() throws {
        #expect(try waitForReadySocket(requests: 1))
        mailbox.post(.stop)
        var none = [pollfd(fd: mailbox.readEnd, events: Int16(POLLIN), revents: 0)]
        #expect(wait.wait(for: &none, until: nil, or: mailbox, requests: 1) == 0)
        sockets.close()
    }
}
