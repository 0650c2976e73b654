import FetchCore
import Synchronization
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The event loop's command queue, to which any thread can post, with a pipe that wakes the loop.
final class LoopMailbox: Sendable {
    enum Command: Sendable {
        case start(CurlTransfer)
        /// Removes a transfer whose caller has cancelled it or whose timeout has expired.
        case abandon(CurlTransfer, timedOut: Bool)
        /// Continues a transfer whose body was paused.
        case resume(CurlTransfer)
        case resolved(name: String, Result<[String], any Error>)
        case stop
    }

    private struct State {
        var commands: [Command] = []
        var isAsleep = false
        var isClosed = false
        var isStopping = false
        /// The callers of ``LoopMailbox/stop()``, resumed when the loop has ended.
        var stopContinuations: [CheckedContinuation<Void, Never>] = []
    }

    /// The pipe's read end. It is readable after a wake-up until ``drain()``.
    let readEnd: Int32
    private let writeEnd: Int32
    private let state = Mutex(State())
    /// The total number of posted commands, which the loop can read without the mutex.
    ///
    /// For the thread sanitizer, it also orders the creation of a transfer before the loop's first access. The mutex
    /// does so already, but on Linux the sanitizer doesn't see a contended `Mutex` being acquired.
    private let postedCount = Atomic<Int>(0)
    /// The value of `postedCount` at the last ``take(into:)``. Only the event loop's thread reads and writes it.
    private let takenCount = Atomic<Int>(0)

    init() throws(FetchError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw FetchError(
                .transportUnavailable,
                "the transport can't create a pipe: \(SystemFailure(call: "pipe").reason)",
                remedy: "Raise the limit on open files (ulimit -n)."
            )
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        closeDescriptor(readEnd)
        closeDescriptor(writeEnd)
    }

    /// Queues a command and wakes the loop if it sleeps.
    ///
    /// - Parameter command: The command, which the loop executes in its thread.
    /// - Returns: False if the loop has ended or is stopping. The command is then dropped.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isClosed, !state.isStopping else { return false }
            if case .stop = command { state.isStopping = true }
            append(command, to: &state)
            return true
        }
    }

    /// Stops the loop and returns when it has ended.
    func stop() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                guard !state.isClosed else { return true }
                state.stopContinuations.append(continuation)
                guard !state.isStopping else { return false }
                state.isStopping = true
                append(.stop, to: &state)
                return false
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Swaps the queued commands with an empty array, so that both arrays keep their capacity.
    func take(into commands: inout [Command]) {
        state.withLock { state in
            state.isAsleep = false
            takenCount.store(postedCount.load(ordering: .acquiring), ordering: .relaxed)
            swap(&state.commands, &commands)
        }
    }

    /// True if commands are queued. Only the event loop's thread may read it.
    var hasCommands: Bool { postedCount.load(ordering: .acquiring) != takenCount.load(ordering: .relaxed) }

    /// Marks the loop as asleep, so that the next command wakes it. Returns false if a command is queued already.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty
            return state.isAsleep
        }
    }

    /// Empties the pipe.
    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(readEnd, &bytes, 16) == 16 {}
    }

    /// Marks the loop as ended, resumes the callers of ``stop()``, and returns the commands that weren't executed.
    func close() -> [Command] {
        let (commands, continuations) = state.withLock { state in
            state.isClosed = true
            defer { (state.commands, state.stopContinuations) = ([], []) }
            return (state.commands, state.stopContinuations)
        }
        for continuation in continuations { continuation.resume() }
        return commands
    }

    private func append(_ command: Command, to state: inout State) {
        state.commands.append(command)
        postedCount.wrappingAdd(1, ordering: .releasing)
        guard state.isAsleep else { return }
        state.isAsleep = false
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }
}
