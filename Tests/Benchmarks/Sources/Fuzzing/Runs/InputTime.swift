import Foundation

/// How long an input took: on the wall, and on this process's processors.
///
/// A busy machine makes everything long on the wall, so that work is measured on the processors. What waits uses none.
struct InputTime: Sendable {
    private static let longestWork = 1.0
    private static let longestWait = 1.0

    private(set) var wall: Double
    private(set) var processor: Double

    /// The time that an operation takes.
    init(of operation: () async -> Void) async {
        let (start, processorStart) = (ContinuousClock.now, Self.processorSeconds)
        await operation()
        (wall, processor) = ((ContinuousClock.now - start) / .seconds(1), Self.processorSeconds - processorStart)
    }

    /// Whether the input took longer than any may: it worked for more than a second, or waited for one.
    var isTooLong: Bool {
        processor > Self.longestWork || (wall > Self.longestWait && processor < wall / 30)
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
