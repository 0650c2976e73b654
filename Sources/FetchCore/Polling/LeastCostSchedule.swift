/// A schedule that minimizes the expected cost of requests and delays.
///
/// Each request has a cost, and so has each second between the completion of a job and the response that reports it.
/// The times of minimum cost follow from the distribution of the job's duration (Barlow, Hunter and Proschan, *Optimum
/// Checking Procedures*, J. SIAM 11, 1963). The schedule derives the distribution from ``JobDurations``, from the
/// provider's ETA, and from a prior that covers ETAs of unknown accuracy and jobs of unknown duration.
///
/// The only parameter is the cost of a request. Without learned durations and without an ETA, the first requests are
/// made after 4, 9, 15 and 23 s; with an ETA of 60 s, after 14, 23, 32 and 41 s. Each job that ``JobDurations`` learns
/// from shifts them towards the times at which the endpoint's jobs complete.
public struct LeastCostSchedule: PollingSchedule, Hashable {
    /// The cost of a request in seconds of delay, from 0.001 to 10⁹.
    ///
    /// The intervals grow approximately with its square root.
    public let secondsPerRequest: Double

    /// The durations of the endpoint's previous jobs. ``PollingMoment/durations`` takes precedence.
    public var durations: JobDurations

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - secondsPerRequest: The cost of a request in seconds of delay. Defaults to 1. Values outside 0.001 to 10⁹ are
    ///     clamped, and NaN counts as 1.
    ///   - durations: The durations of the endpoint's previous jobs, for example stored ones. Defaults to none.
    public init(secondsPerRequest: Double = 1, durations: JobDurations = JobDurations()) {
        self.secondsPerRequest = secondsPerRequest.isNaN ? 1 : min(max(secondsPerRequest, 0.001), 1e9)
        self.durations = durations
    }

    /// Returns the interval with the minimum expected cost.
    public func gap(at moment: PollingMoment) -> Duration {
        let forecast = DurationForecast(
            expectedAge: moment.expectedAge?.clamped(to: .zero ... .hundredYears).seconds,
            durations: moment.durations ?? durations
        )
        let search = GapSearch(
            forecast,
            age: moment.age.clamped(to: .zero ... .hundredYears).seconds,
            cost: secondsPerRequest
        )
        return Duration(clampingSeconds: search.gap) ?? .zero
    }
}

extension PollingSchedule where Self == LeastCostSchedule {
    /// A schedule in which a request costs as much as one second of delay.
    public static var leastCost: Self { LeastCostSchedule() }

    /// Returns a schedule that minimizes the expected cost of requests and delays.
    ///
    /// - Parameters:
    ///   - secondsPerRequest: The cost of a request in seconds of delay. Defaults to 1. Values outside 0.001 to 10⁹ are
    ///     clamped.
    ///   - durations: The durations of the endpoint's previous jobs. Defaults to none.
    /// - Returns: The schedule.
    public static func leastCost(
        secondsPerRequest: Double = 1,
        durations: JobDurations = JobDurations()
    ) -> Self {
        LeastCostSchedule(secondsPerRequest: secondsPerRequest, durations: durations)
    }
}
