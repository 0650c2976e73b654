import FetchDataStructures
import Synchronization

/// An executor for functions of the application that may block or occupy their thread, such as one that reads a key
/// store, or one that decodes a large response.
///
/// A function that keeps a thread of the shared pool, which has as many threads as the machine has processors, delays
/// all other tasks and timers of the process. Here it delays only the task that calls it, as long as fewer functions
/// do so than there are threads.
package final class BlockingExecutor: TaskExecutor {
    /// The process-wide executor for functions that return a key or sign a request.
    package static let shared = BlockingExecutor()

    /// The process-wide executor for decoders. It is another one, so that slow decoders leave the threads for keys.
    package static let decoding = BlockingExecutor()

    /// The process-wide executor for reading and writing files. A slow disk leaves the threads for keys and decoders.
    package static let files = BlockingExecutor()

    /// The process-wide executor for resolving names. An unresponsive name server leaves the threads for the others.
    package static let names = BlockingExecutor()

    /// The process-wide executor for calls of databases. An unresponsive server leaves the threads for the others.
    package static let databases = BlockingExecutor()

    /// The maximum number of threads, which bounds their memory.
    private static let maximumThreads = 64

    private struct State {
        var jobs = FIFOQueue<UnownedJob>()
        /// The threads that wait for a signal and haven't been sent one.
        var idleThreads = 0
        var threads = 0
        /// True if a thread has been sent a signal or started, and hasn't looked for a job yet.
        var isWaking = false
    }

    private enum Wake {
        case nothing
        case signal
        case thread
    }

    private let state = Mutex(State())
    private let signal = ThreadSemaphore()

    private init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let wake = state.withLock { state in
            state.jobs.append(job)
            return Self.wake(&state)
        }
        perform(wake)
    }

    /// Chooses how a further thread is woken for the waiting jobs, unless one is just waking.
    ///
    /// Threads are woken one after the other: each wakes the next one before it runs its job, if there are further
    /// jobs. If each job woke its own thread, those would wait for each other and find the jobs done.
    private static func wake(_ state: inout State) -> Wake {
        guard !state.isWaking, !state.jobs.isEmpty else { return .nothing }
        if state.idleThreads > 0 {
            state.idleThreads -= 1
            state.isWaking = true
            return .signal
        }
        guard state.threads < maximumThreads else { return .nothing }
        state.threads += 1
        state.isWaking = true
        return .thread
    }

    private func perform(_ wake: Wake) {
        switch wake {
        case .nothing: break
        case .signal: signal.signal()
        case .thread:
            // Without a new thread, an earlier one runs the job, or the one that is started for the next job.
            guard !BackgroundThread.start({ self.runJobs() }) else { return }
            state.withLock { state in
                state.threads -= 1
                state.isWaking = false
            }
        }
    }

    /// Runs jobs, and waits for more. A thread never ends: there are as many as have been needed at once.
    private func runJobs() {
        while true {
            var hasWoken = true
            while let job = nextJob(hasWoken: hasWoken) {
                hasWoken = false
                job.runSynchronously(on: asUnownedTaskExecutor())
            }
            signal.wait()
        }
    }

    private func nextJob(hasWoken: Bool) -> UnownedJob? {
        let (job, wake) = state.withLock { state -> (UnownedJob?, Wake) in
            if hasWoken { state.isWaking = false }
            guard let job = state.jobs.popFirst() else {
                state.idleThreads += 1
                return (nil, .nothing)
            }
            return (job, Self.wake(&state))
        }
        perform(wake)
        return job
    }
}
