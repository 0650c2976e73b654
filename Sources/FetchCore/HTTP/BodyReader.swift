#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The reading end of a ``BodyQueue``. Its release cancels the body.
package final class BodyReader: Sendable {
    private let queue: BodyQueue
    private let resumeProducer: @Sendable () -> Void
    private let stopProducer: @Sendable () -> Void

    /// Creates the only reader of a queue.
    ///
    /// - Parameters:
    ///   - queue: The queue that the transport fills.
    ///   - resume: Resumes the paused transport. Called in the reader's task.
    ///   - stop: Ends the transport's request, which isn't complete. Called once at most, on any thread.
    package init(
        _ queue: BodyQueue,
        resumingBy resume: @escaping @Sendable () -> Void,
        stoppingBy stop: @escaping @Sendable () -> Void
    ) {
        self.queue = queue
        resumeProducer = resume
        stopProducer = stop
    }

    deinit { cancel() }

    /// Waits for the next chunk.
    ///
    /// - Returns: The chunk; `nil` at the end of a complete body.
    /// - Throws: The error of an incomplete body, or `CancellationError` as soon as the task is cancelled.
    package func next() async throws -> Data? {
        guard !Task.isCancelled else {
            cancel()
            throw CancellationError()
        }
        switch await nextEvent() {
        case .chunk(let chunk, let resumesProducer):
            if resumesProducer { resumeProducer() }
            return chunk
        case .end: return nil
        case .failure(let error): throw error
        }
    }

    private func nextEvent() async -> BodyQueue.Event {
        if let event = queue.read() { return event }
        return await withTaskCancellationHandler {
            await queue.next()
        } onCancel: {
            cancel()
        }
    }

    private func cancel() {
        if queue.cancel() { stopProducer() }
    }
}
