import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the decoder of an endpoint runs.
///
/// A decoder that uses the processor for a second keeps a thread of the shared pool for so long, which has as many as
/// the machine has processors. Some at once would delay the timers and deadlines of all other providers. So only a
/// decoder that is known to be quick runs in place. It runs on a thread of its own before that is known, and after it
/// was slow, a few at a time.
final class DecoderRuns: Sendable {
    /// The number of runs on threads of their own at the same time. A processor is left for everything else.
    static let maximumConcurrency = min(max(ProcessInfo.processInfo.activeProcessorCount - 1, 1), 8)

    /// Bodies of at most this size in bytes are decoded in place.
    private let quickSize = Atomic(-1)

    private let times = Mutex(DecoderTimes())

    /// Limits the runs on threads of their own.
    let semaphore = AsyncSemaphore(maximumConcurrency)

    /// Returns true if a body is decoded in place.
    func isQuick(_ bytes: Int) -> Bool { bytes <= quickSize.load(ordering: .relaxed) }

    /// Runs the decoder and measures it.
    ///
    /// - Parameters:
    ///   - bytes: The size of the body.
    ///   - decode: Decodes the body.
    /// - Returns: What the decoder returns.
    /// - Throws: What the decoder throws.
    func run<Value>(_ bytes: Int, _ decode: () throws -> Value) rethrows -> Value {
        let start = ContinuousClock.now
        defer { note(start, ContinuousClock.now, bytes) }
        return try decode()
    }

    private func note(_ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant, _ bytes: Int) {
        if isQuick(bytes), start.duration(to: end) < DecoderTimes.slowTime { return }
        times.withLock { times in
            times.note(bytes, from: start, to: end)
            quickSize.store(times.quickSize, ordering: .relaxed)
        }
    }
}
