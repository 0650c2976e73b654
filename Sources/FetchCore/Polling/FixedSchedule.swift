/// Asks at a fixed interval.
public struct FixedSchedule: PollingSchedule, Hashable {
    /// The time between an answer and the next request.
    public var interval: Duration

    /// Creates a schedule.
    public init(_ interval: Duration) {
        self.interval = interval
    }

    /// The interval.
    public func gap(at moment: PollingMoment) -> Duration { interval }
}

extension PollingSchedule where Self == FixedSchedule {
    /// Asks at a fixed interval.
    public static func fixed(_ interval: Duration) -> Self { FixedSchedule(interval) }
}
