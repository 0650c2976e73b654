/// A schedule with a constant interval.
public struct FixedSchedule: PollingSchedule, Hashable {
    /// The time between a response and the next request.
    public var interval: Duration

    /// Creates a schedule.
    ///
    /// - Parameter interval: The time between a response and the next request.
    public init(_ interval: Duration) {
        self.interval = interval
    }

    /// Returns the interval.
    public func gap(at moment: PollingMoment) -> Duration { interval }
}

extension PollingSchedule where Self == FixedSchedule {
    /// Returns a schedule with a constant interval between a response and the next request.
    public static func fixed(_ interval: Duration) -> Self { FixedSchedule(interval) }
}
