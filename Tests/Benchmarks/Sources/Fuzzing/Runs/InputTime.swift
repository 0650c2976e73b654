import Foundation

/// The elapsed time and the CPU time of an input, in seconds.
///
/// On a loaded machine, only the CPU time is meaningful. An input that waits needs little CPU time.
struct InputTime: Sendable {
    private static let maximumWork = 1.0
    private static let maximumWait = 1.0

    private(set) var wall: Double
    private(set) var processor: Double

    /// Measures an operation.
    init(of operation: () async -> Void) async {
        let (start, processorStart) = (ContinuousClock.now, Self.processorSeconds)
        await operation()
        (wall, processor) = ((ContinuousClock.now - start) / .seconds(1), Self.processorSeconds - processorStart)
    }

    /// True if the input used more than a second of CPU time, or waited for more than a second.
    var isTooLong: Bool {
        processor > Self.maximumWork || (wall > Self.maximumWait && processor < wall / 30)
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
