import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A bounded queue between a transport that receives a body and the task that reads it.
///
/// The transport appends parts, pauses when the queue is full, and goes on when its ``BodyReader`` says so. All
/// functions return at once and can be called from any thread.
package final class BodyQueue: Sendable {
    /// The result of appending a part.
    package enum Appended: Sendable {
        case taken
        /// The producer has to pause until the reader resumes it.
        case full
        /// The body has ended or its reader is gone, so the producer has to stop.
        case ended
    }

    /// The next element of a body.
    package enum Event: Sendable {
        /// A chunk. The producer has to be resumed if `resumesProducer` is true.
        case chunk(Data, resumesProducer: Bool)
        case end
        case failure(any Error)
    }

    typealias Waiter = CheckedContinuation<Event, Never>

    private let state = Mutex(BodyStateMachine<Waiter>())

    /// Creates an empty queue.
    package init() {}

    /// True if the producer has been told to pause and not been resumed since.
    package var isPaused: Bool { state.withLock(\.isPaused) }

    /// The number of bytes that aren't read.
    package var unreadBytes: Int { state.withLock(\.unreadBytes) }

    /// Appends a part of a body, unless the queue is full. Doesn't resume the reader: see ``resumeReader()``.
    ///
    /// - Returns: If the part is in the queue. A part that isn't has to be appended again later.
    package func append(_ part: UnsafeRawBufferPointer) -> Appended { state.withLock { $0.append(part) } }

    /// Appends a chunk of a body, also if the queue is full, for a producer that can't refuse it. Doesn't resume the
    /// reader: see ``resumeReader()``.
    ///
    /// - Returns: If the producer has to pause or stop. The chunk is in the queue unless the body has ended.
    package func append(_ chunk: Data) -> Appended { state.withLock { $0.append(chunk) } }

    /// Resumes the reader if it waits and there is something to read.
    ///
    /// This is a function of its own so that several parts wake the reader once.
    package func resumeReader() {
        guard let (waiter, event) = state.withLock({ $0.takeWaiter() }) else { return }
        waiter.resume(returning: event)
    }

    /// Ends the body after its last chunk, and resumes the reader. Only the first end counts.
    ///
    /// - Parameter error: The error of an incomplete body. Defaults to `nil`: the body is complete.
    package func finish(throwing error: (any Error)? = nil) {
        state.withLock { $0.finish(throwing: error) }
        resumeReader()
    }

    /// Returns the next element; `nil` if the reader has to wait.
    func read() -> Event? { state.withLock { $0.read() } }

    /// Waits for the next element. Cancellation of the task has no effect: its handler has to call ``cancel()``.
    func next() async -> Event {
        await withCheckedContinuation { continuation in
            if let event = state.withLock({ $0.wait(continuation) }) { continuation.resume(returning: event) }
        }
    }

    /// Ends the body for its reader, and drops what isn't read.
    ///
    /// - Returns: True if the producer has to stop.
    func cancel() -> Bool {
        let (waiter, stopsProducer) = state.withLock { $0.cancel() }
        waiter?.resume(returning: .failure(CancellationError()))
        return stopsProducer
    }
}
