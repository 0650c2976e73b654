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

    /// The maximum number of threads, which bounds their memory.
    private static let maximumThreads = 64

    private struct State {
        var jobs = FIFOQueue<UnownedJob>()
        /// The threads that wait for a signal and haven't been sent one.
        var idleThreads = 0
        var threads = 0
    }

    private enum Start {
        case nothing
        case signal
        case thread
    }

    private let state = Mutex(State())
    private let signal = ThreadSemaphore()

    private init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let start = state.withLock { state -> Start in
            state.jobs.append(job)
            if state.idleThreads > 0 {
                state.idleThreads -= 1
                return .signal
            }
            guard state.threads < Self.maximumThreads else { return .nothing }
            state.threads += 1
            return .thread
        }
        switch start {
        case .nothing: break
        case .signal: signal.signal()
        case .thread:
            // Without a new thread, an earlier one runs the job, or the one that is started for the next job.
            if !BackgroundThread.start({ self.runJobs() }) { state.withLock { $0.threads -= 1 } }
        }
    }

    /// Runs jobs, and waits for more. A thread never ends: there are as many as have been needed at once.
    private func runJobs() {
        while true {
            while let job = nextJob() { job.runSynchronously(on: asUnownedTaskExecutor()) }
            signal.wait()
        }
    }

    private func nextJob() -> UnownedJob? {
        state.withLock { state in
            let job = state.jobs.popFirst()
            if job == nil { state.idleThreads += 1 }
            return job
        }
    }
}
