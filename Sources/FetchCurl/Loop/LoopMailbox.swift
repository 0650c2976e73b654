import FetchCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The commands for the event loop, put there by any thread, and the pipe that wakes the loop for them.
final class LoopMailbox: Sendable {
    /// A thing for the event loop to do.
    enum Command: Sendable {
        case start(CurlTransfer)
        /// The transfer is finished: the caller cancelled, or its time is over.
        case abandon(CurlTransfer, timedOut: Bool)
        case resolved(name: String, Result<[String], any Error>)
        case stop
    }

    private struct State {
        var commands: [Command] = []
        var isAsleep = false
        var isClosed = false
        var isStopping = false
        var stopped: [CheckedContinuation<Void, Never>] = []
    }

    /// The descriptor that is readable when the loop has been woken.
    let readEnd: Int32
    private let writeEnd: Int32
    private let state = Mutex(State())
    /// The number of commands that were posted. It tells the loop of them without the mutex.
    ///
    /// It also orders a command's transfer before the loop's first look at it, which the mutex does as well, for the thread sanitizer:
    /// on Linux, that doesn't see a mutex being taken for which a thread had to wait.
    private let posted = Atomic<Int>(0)
    /// The count of commands at the last look. Only the event loop's thread reads and writes it.
    private let taken = Atomic<Int>(0)

    init() throws(FetchError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw FetchError(
                .transportUnavailable,
                "the transport can't have a pipe (error \(errno) of the system)",
                remedy: "Raise the limit of open files."
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

    /// Adds a command and wakes the loop, if it sleeps.
    ///
    /// - Returns: False if the loop has ended or is about to; the command isn't carried out then.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isClosed, !state.isStopping else { return false }
            if case .stop = command { state.isStopping = true }
            append(command, to: &state)
            return true
        }
    }

    /// Ends the loop and returns when it has ended.
    func stop() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                guard !state.isClosed else { return true }
                state.stopped.append(continuation)
                guard !state.isStopping else { return false }
                state.isStopping = true
                append(.stop, to: &state)
                return false
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Takes all commands, in their order, in exchange for an empty array, so that both keep their memory.
    func take(into commands: inout [Command]) {
        state.withLock { state in
            state.isAsleep = false
            taken.store(posted.load(ordering: .acquiring), ordering: .relaxed)
            swap(&state.commands, &commands)
        }
    }

    /// True if there are commands to take. Only the event loop's thread asks.
    var hasCommands: Bool { posted.load(ordering: .acquiring) != taken.load(ordering: .relaxed) }

    /// Announces that the loop is about to sleep; false if there is something to do first.
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

    /// Announces that the loop has ended. Returns the commands that came too late.
    func close() -> [Command] {
        let (commands, stopped) = state.withLock { state in
            state.isClosed = true
            defer { (state.commands, state.stopped) = ([], []) }
            return (state.commands, state.stopped)
        }
        for continuation in stopped { continuation.resume() }
        return commands
    }

    private func append(_ command: Command, to state: inout State) {
        state.commands.append(command)
        posted.wrappingAdd(1, ordering: .releasing)
        guard state.isAsleep else { return }
        state.isAsleep = false
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }
}
