import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The body of a response, as bytes that are collected until there are enough of them.
///
/// It belongs to one task.
struct ReceivedChunks {
    private var chunks: StreamedResponse.Body.Iterator
    private let activity: Activity
    /// The bytes that have been received and not taken.
    private(set) var bytes: [UInt8] = []
    /// True if the body has no further bytes.
    private(set) var isAtEnd = false
    /// The error because of which the body isn't complete.
    private(set) var error: FetchError?

    init(_ body: StreamedResponse.Body, noting activity: Activity) {
        chunks = body.makeAsyncIterator()
        self.activity = activity
    }

    /// Receives until there are so many bytes, or until the body ends.
    ///
    /// - Parameters:
    ///   - count: The number of bytes.
    ///   - report: Called after each chunk, with the number of bytes that haven't been taken.
    /// - Throws: Only `CancellationError`.
    mutating func receive(_ count: Int, reporting report: (Int) -> Void = { _ in }) async throws {
        while bytes.count < count, !isAtEnd, error == nil {
            do {
                guard let chunk = try await chunks.next() else {
                    isAtEnd = true
                    return
                }
                activity.note()
                bytes += chunk
                report(bytes.count)
            } catch let error as FetchError {
                self.error = error
            } catch {
                try Task.checkCancellation()
                self.error = FetchError(.connectionFailed, "the response ended early: \(type(of: error))")
            }
        }
    }

    /// Takes the bytes that have been received.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}
