/// The coalescing of a scheduler's timers: jobs that are due soon after each other are polled in one wake-up.
///
/// A sleep and a wake-up cost more than many requests. ``TimerTolerance`` is what the system may add to a timer.
package enum TimerCoalescing {
    /// The shortest time between two wake-ups. A job that is due within it after a wake-up is polled at its end.
    package static let interval = Duration.milliseconds(20)
}
