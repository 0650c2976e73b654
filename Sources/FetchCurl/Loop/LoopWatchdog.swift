import Dispatch
import FetchCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A watchdog that interrupts libcurl calls that don't return.
///
/// libcurl reads from a connection until no byte is available or it has data to deliver. A server can keep such a call
/// running forever, and thereby block all other requests, if it sends bytes without content as fast as they are read,
/// such as empty HTTP/2 frames or empty compression blocks.
///
/// A thread checks the loop every 5 ms. Whenever a call has used 25 ms of processor time without delivering data, the
/// thread replaces one of the call's connections with a socket at end of file. It starts with the connections that an
/// earlier call left unfinished, which libcurl continues to read in every call, and ends with the one that the call is
/// for.
///
/// The thread sleeps while the loop is idle.
final class LoopWatchdog: Sendable {
    private struct State {
        /// True while a watched call runs.
        var isCalled = false
        /// The sockets that the call may be reading, the likeliest last.
        var suspects: [Int32] = []
        /// The sockets that were replaced during the call.
        var replaced: [Int32] = []
        /// True while the thread sleeps.
        var isParked = false
        var isStopped = false
    }

    /// The interval between two checks, in milliseconds.
    private static let period: Int32 = 5
    /// The processor time that a call may use without delivering data, in nanoseconds.
    private static let limit: Int64 = 25_000_000
    /// The number of checks of an idle loop after which the thread sleeps.
    private static let maximumIdleChecks = 200

    private let state = Mutex(State())
    /// A counter that is incremented at the start of each call and with all data that a call delivers.
    private let progress = Atomic<UInt64>(0)
    private let parking = DispatchSemaphore(value: 0)
    private let replacement: Int32

    /// Creates a watchdog.
    ///
    /// - Parameter replacement: A socket at end of file. It must stay open until ``stop()``.
    init(replacement: Int32) { self.replacement = replacement }

    /// Starts to monitor the calling thread. Does nothing if the system can't create a thread.
    func start() {
        #if !canImport(Darwin)
            var clock = clockid_t()
            guard pthread_getcpuclockid(pthread_self(), &clock) == 0 else { return }
            _ = BackgroundThread.start { [self, clock] in watch(clock) }
        #else
            // Darwin has no clock for another thread's processor time. On a loaded machine, a call can be interrupted
            // too early.
            _ = BackgroundThread.start { [self] in watch(CLOCK_MONOTONIC) }
        #endif
    }

    /// Marks the start of a call of libcurl.
    ///
    /// - Parameters:
    ///   - descriptor: The socket that the call is for; `nil` for a timer.
    ///   - unfinished: The sockets from which libcurl hasn't read all available bytes.
    func begin(_ descriptor: Int32?, unfinished: [Int32]) {
        state.withLock { state in
            advance()
            state.isCalled = true
            state.suspects.removeAll(keepingCapacity: true)
            if let descriptor { state.suspects.append(descriptor) }
            if !unfinished.isEmpty { state.suspects += unfinished }
            guard state.isParked else { return }
            state.isParked = false
            parking.signal()
        }
    }

    /// Records that libcurl has delivered data.
    func advance() { progress.wrappingAdd(1, ordering: .relaxed) }

    /// Removes a socket that is about to be closed, since its number can be reused at once.
    func forget(_ descriptor: Int32) {
        state.withLock { state in
            state.suspects.removeAll { $0 == descriptor }
            state.replaced.removeAll { $0 == descriptor }
        }
    }

    /// Exempts the rest of the call, which opens a connection and may load certificate authorities.
    func exemptCall() {
        state.withLock { $0.suspects.removeAll(keepingCapacity: true) }
    }

    /// Marks the end of the call.
    ///
    /// - Returns: The sockets that were replaced during the call.
    func end() -> [Int32] {
        state.withLock { state in
            state.isCalled = false
            state.suspects.removeAll(keepingCapacity: true)
            guard !state.replaced.isEmpty else { return [] }
            defer { state.replaced = [] }
            return state.replaced
        }
    }

    /// Asks the thread to end. The replacement socket isn't used afterwards.
    func stop() {
        state.withLock { $0.isStopped = true }
        parking.signal()
    }

    private func watch(_ clock: clockid_t) {
        var seen = progress.load(ordering: .relaxed)
        var start = MonotonicTime.read(clock)
        var idle = 0
        while !state.withLock(\.isStopped) {
            poll(nil, 0, Self.period)
            let progress = progress.load(ordering: .relaxed)
            let time = MonotonicTime.read(clock)
            if progress != seen { (seen, start, idle) = (progress, time, 0) }
            idle = isCalled ? 0 : idle + 1
            if time - start >= Self.limit, replaceConnection(ifStillAt: progress) { start = time }
            if idle >= Self.maximumIdleChecks, park() { idle = 0 }
        }
    }

    private var isCalled: Bool { state.withLock(\.isCalled) }

    /// Replaces the connection that the call is most likely reading. Returns false if there is none or the call has
    /// made progress.
    private func replaceConnection(ifStillAt seen: UInt64) -> Bool {
        state.withLock { state in
            guard !state.isStopped, progress.load(ordering: .relaxed) == seen, let descriptor = state.suspects.popLast()
            else { return false }
            replaceDescriptor(descriptor, with: replacement)
            state.replaced.append(descriptor)
            return true
        }
    }

    /// Sleeps until a call starts. Returns false at once if one is running.
    private func park() -> Bool {
        let isIdle = state.withLock { state in
            state.isParked = !state.isCalled && !state.isStopped
            return state.isParked
        }
        if isIdle { parking.wait() }
        return isIdle
    }
}
