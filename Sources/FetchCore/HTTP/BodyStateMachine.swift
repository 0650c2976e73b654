#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The state of a ``BodyQueue``: the unread chunks of a body, the reader that waits for them, and the end.
///
/// A producer appends chunks until the queue is full, and is resumed when half of them are read. The end follows the
/// last chunk, except for a cancellation by the reader, which drops the unread chunks.
struct BodyStateMachine<Waiter: Sendable>: Sendable {
    /// The number of unread bytes at which the producer is paused.
    static var highWatermark: Int { StreamedResponse.maximumUnreadBytes }
    /// The number of unread bytes at which a paused producer is resumed.
    static var lowWatermark: Int { highWatermark / 2 }
    /// The size in bytes up to which small parts are joined to one chunk.
    static var chunkSize: Int { 64 << 10 }

    /// The way in which a body ends.
    private enum End {
        case complete
        case failed(any Error)
        case cancelled
    }

    /// The unread chunks in order. There are few, since two neighbours together exceed ``chunkSize``.
    private var chunks: [Data] = []
    private(set) var unreadBytes = 0
    private(set) var isPaused = false
    private var waiter: Waiter?
    private var end: End?
}

// The producer's events.
extension BodyStateMachine {
    /// Appends a part of the body, unless the queue is full, the producer is paused, or the body has ended.
    mutating func append(_ part: UnsafeRawBufferPointer) -> BodyQueue.Appended {
        guard end == nil else { return .ended }
        guard !isPaused, unreadBytes < Self.highWatermark else {
            isPaused = true
            return .full
        }
        guard !part.isEmpty else { return .taken }
        unreadBytes += part.count
        if let last = chunks.indices.last, chunks[last].count + part.count <= Self.chunkSize {
            chunks[last].append(contentsOf: part)
        } else {
            chunks.append(Data(part))
        }
        return .taken
    }

    /// Appends a chunk, also beyond the limit, unless the body has ended.
    ///
    /// - Returns: ``BodyQueue/Appended/full`` if the producer has to pause after this chunk.
    mutating func append(_ chunk: Data) -> BodyQueue.Appended {
        guard end == nil else { return .ended }
        guard !chunk.isEmpty else { return isPaused ? .full : .taken }
        unreadBytes += chunk.count
        chunks.append(chunk)
        if unreadBytes >= Self.highWatermark { isPaused = true }
        return isPaused ? .full : .taken
    }

    /// Ends the body after its last chunk. Later ends are ignored.
    ///
    /// - Parameter error: The error of an incomplete body; `nil` if it is complete.
    mutating func finish(throwing error: (any Error)?) {
        guard end == nil else { return }
        end = error.map(End.failed) ?? .complete
    }

    /// Returns the waiting reader and what it receives; `nil` if none waits or there is nothing to receive yet.
    mutating func takeWaiter() -> (waiter: Waiter, event: BodyQueue.Event)? {
        guard waiter != nil, let event = nextEvent(), let waiter = waiter.take() else { return nil }
        return (waiter, event)
    }
}

// The reader's events.
extension BodyStateMachine {
    /// Returns the next chunk or the end; `nil` if the reader has to wait.
    mutating func read() -> BodyQueue.Event? {
        guard waiter == nil else { return .failure(FetchError.concurrentIteration) }
        return nextEvent()
    }

    /// Has a reader wait for the next chunk or the end. Returns the event if there is one already.
    mutating func wait(_ waiter: Waiter) -> BodyQueue.Event? {
        if let event = read() { return event }
        self.waiter = waiter
        return nil
    }

    /// Drops the unread chunks and ends the body. The reader receives `CancellationError` from now on.
    ///
    /// - Returns: The waiting reader, and true if the producer hasn't ended the body and has to stop.
    mutating func cancel() -> (waiter: Waiter?, stopsProducer: Bool) {
        let stopsProducer = end == nil
        chunks = []
        unreadBytes = 0
        isPaused = false
        end = .cancelled
        return (waiter.take(), stopsProducer)
    }

    private mutating func nextEvent() -> BodyQueue.Event? {
        guard chunks.isEmpty else {
            let chunk = chunks.removeFirst()
            unreadBytes -= chunk.count
            let resumesProducer = isPaused && unreadBytes <= Self.lowWatermark
            if resumesProducer { isPaused = false }
            return .chunk(chunk, resumesProducer: resumesProducer)
        }
        return switch end {
        case nil: nil
        case .complete: .end
        case .failed(let error): .failure(error)
        case .cancelled: .failure(CancellationError())
        }
    }
}
