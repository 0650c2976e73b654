import Foundation

/// What this process has used so far: time on the wall, and time on its processors.
package struct Usage {
    private let wall = ContinuousClock.now
    private let processor = Self.processorSeconds

    /// Begins to measure.
    package init() {}

    /// Seconds on the wall and on the processors since then.
    package var spent: (wall: Double, cpu: Double) {
        ((ContinuousClock.now - wall) / .seconds(1), Self.processorSeconds - processor)
    }

    /// User and system time of all threads.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
