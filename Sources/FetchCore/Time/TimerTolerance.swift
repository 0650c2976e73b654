/// The tolerances that the timers pass to the system.
///
/// Without a tolerance, Swift's clocks use Dispatch's default. On Apple platforms `dispatch_after` adds up to a tenth
/// of the interval, from 1 ms to 60 s (`leeway = delta / 10` in `_dispatch_after` of libdispatch's `queue.c`), so a
/// timeout of 30 s could end after 33 s. On Linux it adds nothing.
package enum TimerTolerance {
    /// The tolerance of a timeout or deadline: 5 ms.
    package static let timeout: Duration = .milliseconds(5)

    /// The longest interval with the tolerance of a timeout.
    private static let shortInterval: Duration = .seconds(10)

    /// The maximum tolerance of an interval.
    private static let maximum: Duration = .milliseconds(100)

    /// Returns the tolerance of a polling interval.
    ///
    /// Intervals up to 10 s have a tolerance of 5 ms. Longer ones have 1 %, at most 100 ms, so that the system can
    /// combine the timer with others. A deadline at the end of a long interval is late by at most the same time.
    ///
    /// - Parameter interval: The time until the timer fires. It may be negative.
    /// - Returns: A tolerance from 5 to 100 ms.
    package static func gap(of interval: Duration) -> Duration {
        interval <= shortInterval ? timeout : min(interval / 100, maximum)
    }
}
