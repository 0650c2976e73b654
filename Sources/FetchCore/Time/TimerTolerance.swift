/// The leeway that timers give to the system.
///
/// Without one, Swift's clocks leave it to Dispatch, whose `dispatch_after` takes a tenth of the interval on Apple platforms,
/// from 1 ms to 60 s (`_dispatch_after` in libdispatch's `queue.c`: `leeway = delta / 10`): a timeout of 30 s could come after
/// 33 s. Linux has no leeway.
package enum TimerTolerance {
    /// The leeway of a timer that ends a request or a wait.
    package static let timeout: Duration = .milliseconds(5)

    /// An interval up to which a gap gets no more leeway than a timeout.
    private static let shortGap: Duration = .seconds(10)

    /// The longest leeway of a gap.
    private static let longest: Duration = .milliseconds(100)

    /// The leeway of a gap: 5 ms up to 10 s, and a hundredth of longer ones, at most 100 ms, so that the system can combine
    /// it with other timers.
    ///
    /// A deadline at the end of a long gap is at most as much late.
    ///
    /// - Parameter interval: The time until the timer is due. Any value, negative ones included.
    package static func gap(of interval: Duration) -> Duration {
        interval <= shortGap ? timeout : min(interval / 100, longest)
    }
}
