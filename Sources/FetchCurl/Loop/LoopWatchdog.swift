import Dispatch
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Ends calls of libcurl that don't return.
///
/// libcurl reads from a connection until there is nothing to read or something to hand over. A server that sends what stands for
/// nothing, such as empty frames of HTTP/2 or blocks of a compression without a byte in them, as fast as it is read, keeps such a
/// call going for ever, and with it all other requests. A thread looks at the loop every 5 ms. Whenever one call has taken 25 ms of
/// the processor without handing anything over, it puts a connection at its end in place of one that the call is about: first of
/// those that an earlier call has left unfinished, which libcurl goes on with in every call, then of the one that it was called for.
///
/// The thread rests while the loop does nothing.
final class LoopWatchdog: Sendable {
    private struct State {
        /// True if there is a call that is watched.
        var isCalled = false
        /// The sockets that the call may be about, the likeliest last.
        var suspects: [Int32] = []
        /// The sockets whose connections the call has cost.
        var ended: [Int32] = []
        var isParked = false
        var isStopped = false
    }

    /// Milliseconds between two looks at the loop.
    private static let period: Int32 = 5
    /// The nanoseconds of the processor that a call may take without handing anything over.
    private static let limit: Int64 = 25_000_000
    /// The number of looks at an idle loop after which the thread rests.
    private static let idleLooks = 200

    private let state = Mutex(State())
    /// Changes with each call, and with all that a call hands over.
    private let progress = Atomic<UInt64>(0)
    private let parking = DispatchSemaphore(value: 0)
    /// The socket at its end.
    private let replacement: Int32

    /// Creates a watchdog.
    ///
    /// - Parameter replacement: A socket at its end, open until ``stop()``.
    init(replacement: Int32) { self.replacement = replacement }

    /// Begins to watch the calling thread, if the system can start a thread.
    func start() {
        #if !canImport(Darwin)
            var clock = clockid_t()
            guard pthread_getcpuclockid(pthread_self(), &clock) == 0 else { return }
            _ = BackgroundThread.start { [self, clock] in watch(clock) }
        #else
            // There is no clock of another thread's. A busy machine can end a call too early.
            _ = BackgroundThread.start { [self] in watch(CLOCK_MONOTONIC) }
        #endif
    }

    /// Announces that a call begins.
    ///
    /// - Parameters:
    ///   - descriptor: The socket that it is about; `nil` for none.
    ///   - unfinished: The sockets from which libcurl has something left to read.
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

    /// Announces that something was handed over.
    func advance() { progress.wrappingAdd(1, ordering: .relaxed) }

    /// Announces that a socket is about to be closed, whose number can be another one's at once.
    func forget(_ descriptor: Int32) {
        state.withLock { state in
            state.suspects.removeAll { $0 == descriptor }
            state.ended.removeAll { $0 == descriptor }
        }
    }

    /// Leaves the rest of the call unwatched: it makes a connection, which may load certificate authorities.
    func excuse() {
        state.withLock { $0.suspects.removeAll(keepingCapacity: true) }
    }

    /// Announces that the call has ended.
    ///
    /// - Returns: The sockets whose connections were ended.
    func end() -> [Int32] {
        state.withLock { state in
            state.isCalled = false
            state.suspects.removeAll(keepingCapacity: true)
            guard !state.ended.isEmpty else { return [] }
            defer { state.ended = [] }
            return state.ended
        }
    }

    /// Ends the thread soon. The replacement isn't used any more.
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
            if time - start >= Self.limit, endConnection(ifStill: progress) { start = time }
            if idle >= Self.idleLooks, park() { idle = 0 }
        }
    }

    private var isCalled: Bool { state.withLock(\.isCalled) }

    /// Ends the likeliest of the connections that the call may be about; false if there is none, or another call by now.
    private func endConnection(ifStill seen: UInt64) -> Bool {
        state.withLock { state in
            guard !state.isStopped, progress.load(ordering: .relaxed) == seen, let descriptor = state.suspects.popLast()
            else { return false }
            replaceDescriptor(descriptor, with: replacement)
            state.ended.append(descriptor)
            return true
        }
    }

    /// Rests until a call begins; false if there is one.
    private func park() -> Bool {
        let isIdle = state.withLock { state in
            state.isParked = !state.isCalled && !state.isStopped
            return state.isParked
        }
        if isIdle { parking.wait() }
        return isIdle
    }
}
