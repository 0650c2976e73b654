import FetchCurl
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@Suite("Busy polling in the event loop")
struct EventWaitTests {
    /// A wait with a busy time so long that every wait in these tests counts as short, even on a loaded machine.
    private var wait = EventWait(busyTime: 60_000_000_000)
    /// A descriptor that is always readable.
    private let ready = open("/dev/null", O_RDONLY)

    /// Waits for the readable descriptor.
    ///
    /// - Parameters:
    ///   - requests: The number of requests in flight.
    ///   - afterTransfer: True if a request began or ended before the wait.
    /// - Returns: True if the loop prepared to sleep.
    private mutating func waitForReady(requests: Int, afterTransfer: Bool = true) -> Bool {
        if afterTransfer { wait.noteTransfer() }
        var sockets = [pollfd(fd: ready, events: Int16(POLLIN), revents: 0)]
        var isAsleep = false
        let count = wait.wait(for: &sockets, until: nil, requests: requests, unless: { false }) {
            isAsleep = true
            return true
        }
        #expect(count == 1)
        return isAsleep
    }

    @Test
    mutating func `the first wait sleeps, and one after a short wait doesn't`() {
        #expect(waitForReady(requests: 1))
        #expect(!waitForReady(requests: 1))
        close(ready)
    }

    @Test
    mutating func `a wait with many requests in flight sleeps`() {
        for _ in 0..<3 { #expect(waitForReady(requests: 5)) }
        close(ready)
    }

    @Test
    mutating func `a wait between the parts of a response sleeps`() {
        for _ in 0..<3 { #expect(waitForReady(requests: 1, afterTransfer: false)) }
        close(ready)
    }

    @Test
    mutating func `a wait after one that exceeded the busy time sleeps`() {
        wait = EventWait(busyTime: 500_000)
        _ = waitForReady(requests: 1)
        var none: [pollfd] = []
        wait.noteTransfer()
        let end = MonotonicTime.now + 2_000_000
        #expect(wait.wait(for: &none, until: end, requests: 1, unless: { false }, prepareToSleep: { true }) == 0)
        #expect(MonotonicTime.now >= end)
        #expect(waitForReady(requests: 1))
        close(ready)
    }

    @Test
    mutating func `a wait that ends at once for a command or a timer doesn't count as short`() {
        var none: [pollfd] = []
        wait.noteTransfer()
        #expect(wait.wait(for: &none, until: nil, requests: 1, unless: { true }, prepareToSleep: { false }) == 0)
        wait.noteTransfer()
        #expect(wait.wait(for: &none, until: 1, requests: 1, unless: { true }, prepareToSleep: { true }) == 0)
        #expect(waitForReady(requests: 1))
        close(ready)
    }

    @Test
    mutating func `a command ends busy polling`() {
        #expect(waitForReady(requests: 1))
        wait.noteTransfer()
        var none: [pollfd] = []
        var checks = 0
        let count = wait.wait(for: &none, until: nil, requests: 1) {
            checks += 1
            return checks == 3
        } prepareToSleep: {
            Issue.record("The wait prepared to sleep.")
            return false
        }
        #expect(count == 0)
        #expect(checks == 3)
        close(ready)
    }
}
