/// A schedule whose intervals grow by a constant factor.
public struct ExponentialSchedule: PollingSchedule, Hashable {
    /// The time between the first response and the second request.
    public var first: Duration

    /// The ratio of each interval to the one before.
    public var factor: Double

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - first: The time between the first response and the second request.
    ///   - factor: The ratio of each interval to the one before. Defaults to 2.
    public init(first: Duration, factor: Double = 2) {
        self.first = first
        self.factor = factor
    }

    /// Returns the first interval, multiplied by the factor once for each request after the first.
    public func gap(at moment: PollingMoment) -> Duration {
        let growth = power(factor, Double(max(moment.requests, 1) - 1))
        return Duration(clampingSeconds: first.clamped(to: .zero ... .hundredYears).seconds * growth) ?? first
    }
}

extension PollingSchedule where Self == ExponentialSchedule {
    /// Returns a schedule whose intervals grow by a constant factor, from the first interval on.
    public static func exponential(first: Duration, factor: Double = 2) -> Self {
        ExponentialSchedule(first: first, factor: factor)
    }
}
