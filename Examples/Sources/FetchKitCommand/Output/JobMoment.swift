package import FetchCore

/// What is known of a job's time at an event.
package struct JobMoment: Sendable, Hashable {
    /// The time since the job was added.
    package var elapsed: Duration = .zero
    /// The completed fraction, the provider's own or an estimate. `nil` if nothing is known.
    package var fraction: JobFraction?
    /// The time that the job still takes, with even odds. `nil` if nothing is known.
    package var remaining: ClosedRange<Duration>?

    /// Creates a moment.
    package init(
        elapsed: Duration = .zero,
        fraction: JobFraction? = nil,
        remaining: ClosedRange<Duration>? = nil
    ) {
        (self.elapsed, self.fraction, self.remaining) = (elapsed, fraction, remaining)
    }
}
