/// Asks at intervals that grow by a factor.
public struct ExponentialSchedule: PollingSchedule, Hashable {
    /// The time between the first answer and the second request.
    public var first: Duration

    /// By how much each interval is longer than the one before.
    public var factor: Double

    /// Creates a schedule.
    public init(first: Duration, factor: Double = 2) {
        self.first = first
        self.factor = factor
    }

    /// The first interval times the factor, once for each further request.
    public func gap(at moment: PollingMoment) -> Duration {
        let growth = power(factor, Double(max(moment.requests, 1) - 1))
        return Duration(clampingSeconds: first.clamped(to: .zero ... .longest).seconds * growth) ?? first
    }
}

extension PollingSchedule where Self == ExponentialSchedule {
    /// Asks at intervals that grow by a factor.
    public static func exponential(first: Duration, factor: Double = 2) -> Self {
        ExponentialSchedule(first: first, factor: factor)
    }
}
