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
    /// The time from which on a run is slow.
    private static let slowTime = Duration.milliseconds(5)

    /// The number of quick runs after a slow one until the decoder counts as quick again.
    private static let probation = 64

    /// A body is expected to be decoded quickly if it isn't larger than this, or than four times one that was.
    private static let smallBody = 16 << 10

    /// The number of runs on threads of their own at the same time. A processor is left for everything else.
    static let maximumConcurrency = min(max(ProcessInfo.processInfo.activeProcessorCount - 1, 1), 8)

    /// Bodies of at most this size in bytes are decoded in place.
    private let quickSize = Atomic(-1)

    /// The number of quick runs that are still required.
    private let requiredRuns = Mutex(1)

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
        defer { note(start.duration(to: .now), bytes) }
        return try decode()
    }

    private func note(_ time: Duration, _ bytes: Int) {
        guard time < Self.slowTime else {
            return requiredRuns.withLock { required in
                required = Self.probation
                quickSize.store(-1, ordering: .relaxed)
            }
        }
        if isQuick(bytes) { return }
        requiredRuns.withLock { required in
            if required > 0 { required -= 1 }
            let size = max(4 * bytes, Self.smallBody, quickSize.load(ordering: .relaxed))
            if required == 0 { quickSize.store(size, ordering: .relaxed) }
        }
    }
}
