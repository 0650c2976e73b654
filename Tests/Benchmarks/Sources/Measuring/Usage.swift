import Foundation

/// A measurement of elapsed time and of this process's CPU time.
package struct Usage {
    private let wall = ContinuousClock.now
    private let processor = Self.processorSeconds

    /// Starts a measurement.
    package init() {}

    /// The elapsed time and the CPU time since the start, in seconds.
    package var spent: (wall: Double, cpu: Double) {
        ((ContinuousClock.now - wall) / .seconds(1), Self.processorSeconds - processor)
    }

    /// The user and system time of all threads, in seconds.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
