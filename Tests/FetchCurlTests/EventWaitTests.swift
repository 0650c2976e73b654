import FetchCurl
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@Suite("The event loop's wait")
struct EventWaitTests {
    /// One for which every wait in these tests is short, however busy the machine is.
    private var wait = EventWait(busyTime: 60_000_000_000)
    /// A file, which can always be read.
    private let ready = open("/dev/null", O_RDONLY)

    /// Waits for what is ready.
    ///
    /// - Returns: Whether the loop was about to sleep.
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
    mutating func `sleeps at first and stays awake after a short one`() {
        #expect(waitForReady(requests: 1))
        #expect(!waitForReady(requests: 1))
        close(ready)
    }

    @Test
    mutating func `sleeps with many requests under way, however short the waits`() {
        for _ in 0..<3 { #expect(waitForReady(requests: 5)) }
        close(ready)
    }

    @Test
    mutating func `sleeps while a response comes in parts, however quickly they follow one another`() {
        for _ in 0..<3 { #expect(waitForReady(requests: 1, afterTransfer: false)) }
        close(ready)
    }

    @Test
    mutating func `sleeps again after one in which nothing came for a moment`() {
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
    mutating func `isn't taken for a short one where there was a command or the time had come`() {
        var none: [pollfd] = []
        wait.noteTransfer()
        #expect(wait.wait(for: &none, until: nil, requests: 1, unless: { true }, prepareToSleep: { false }) == 0)
        wait.noteTransfer()
        #expect(wait.wait(for: &none, until: 1, requests: 1, unless: { true }, prepareToSleep: { true }) == 0)
        #expect(waitForReady(requests: 1))
        close(ready)
    }

    @Test
    mutating func `ends with a command while it stays awake`() {
        #expect(waitForReady(requests: 1))
        wait.noteTransfer()
        var none: [pollfd] = []
        var looks = 0
        let count = wait.wait(for: &none, until: nil, requests: 1) {
            looks += 1
            return looks == 3
        } prepareToSleep: {
            Issue.record("It slept.")
            return false
        }
        #expect(count == 0)
        #expect(looks == 3)
        close(ready)
    }
}
