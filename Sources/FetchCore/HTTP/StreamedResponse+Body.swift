import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension StreamedResponse {
    /// The chunks of a body, as they are received.
    ///
    /// ```swift
    /// for try await chunk in response.body { try file.write(contentsOf: chunk) }
    /// ```
    ///
    /// A body is read once, in one task, by the first iterator. `next()` of any other iterator throws
    /// ``FetchError/Code/concurrentIteration``, and so does a call while another task waits in `next()`.
    ///
    /// Leaving the loop before the end, releasing a body that isn't read, or cancelling the reading task closes the
    /// connection or HTTP/2 stream.
    public struct Body: AsyncSequence, Sendable {
        /// A part of the body with at least one byte.
        public typealias Element = Data

        private let source: Source

        /// Creates a body from an asynchronous sequence of chunks, such as that of an HTTP library. Empty chunks are
        /// skipped.
        ///
        /// - Parameter chunks: The chunks. Its iterator is created when the body is first read, and released at the end
        ///   of the iteration.
        public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks) where Chunks.Element == Data {
            source = Source { SequenceChunks(chunks: chunks.makeAsyncIterator()) }
        }

        /// Creates a body from bytes in memory.
        ///
        /// - Parameter bytes: The bytes, which are returned as one chunk. Defaults to an empty body.
        public init(_ bytes: Data = Data()) {
            source = Source { SingleChunk(bytes: bytes) }
        }

        /// Creates a body from a queue that a transport fills.
        package init(_ reader: BodyReader) {
            source = Source { QueuedChunks(reader: reader) }
        }

        /// Creates the iterator. Only the first iterator of a body can read it.
        public func makeAsyncIterator() -> Iterator { Iterator(chunks: source.take()) }

        /// The iteration over a body.
        public struct Iterator: AsyncIteratorProtocol {
            fileprivate var chunks: (any BodyChunks)?

            /// Waits for the next chunk.
            ///
            /// - Returns: At least one byte; `nil` after the last byte of a complete body.
            /// - Throws: ``FetchError``: ``FetchError/Code/connectionFailed`` after the last received byte of an
            ///   incomplete body, ``FetchError/Code/responseTooLarge`` beyond the request's limit,
            ///   ``FetchError/Code/concurrentIteration`` if the body is read elsewhere. `CancellationError` as soon as
            ///   the task is cancelled. A body from another sequence throws the errors of that sequence.
            public mutating func next() async throws -> Data? {
                guard chunks != nil else { throw FetchError.concurrentIteration }
                return try await chunks?.next()
            }
        }
    }
}

@available(*, unavailable)
extension StreamedResponse.Body.Iterator: Sendable {}

extension StreamedResponse.Body: CustomStringConvertible, CustomReflectable {
    /// The type's name, but nothing of the body.
    public var description: String { "StreamedResponse.Body" }

    /// A mirror without children, since the body may contain the key.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension StreamedResponse.Body.Iterator: CustomStringConvertible, CustomReflectable {
    /// The type's name, but nothing of the body.
    public var description: String { "StreamedResponse.Body.Iterator" }

    /// A mirror without children, since the body may contain the key.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// The iterator of one kind of body.
private protocol BodyChunks {
    mutating func next() async throws -> Data?
}

extension StreamedResponse.Body {
    /// The function that creates the only iterator of a body.
    ///
    /// It is released with the first iterator or with the body, and with it what the function captures.
    fileprivate final class Source: Sendable {
        private let makeChunks: Mutex<(@Sendable () -> any BodyChunks)?>

        init(_ makeChunks: @escaping @Sendable () -> any BodyChunks) { self.makeChunks = Mutex(makeChunks) }

        /// Returns the iterator; `nil` if it was taken before.
        func take() -> (any BodyChunks)? { makeChunks.withLock { $0.take() }?() }
    }
}

private struct QueuedChunks: BodyChunks {
    let reader: BodyReader

    mutating func next() async throws -> Data? { try await reader.next() }
}

private struct SingleChunk: BodyChunks {
    var bytes: Data

    mutating func next() async throws -> Data? {
        try Task.checkCancellation()
        defer { bytes = Data() }
        return bytes.isEmpty ? nil : bytes
    }
}

private struct SequenceChunks<Chunks: AsyncIteratorProtocol>: BodyChunks where Chunks.Element == Data {
    var chunks: Chunks

    mutating func next() async throws -> Data? {
        while let chunk = try await chunks.next(isolation: #isolation) {
            if !chunk.isEmpty { return chunk }
        }
        return nil
    }
}
