/// Asks when waiting any longer would cost more than asking.
///
/// A request costs something, and so does each second in which a job is done and nobody knows. What the least sum of both is
/// follows from how long jobs take (Barlow, Hunter and Proschan, *Optimum Checking Procedures*, J. SIAM 11, 1963), and
/// that the schedule takes from ``JobDurations``, from the provider's ETA, and from a prior for what neither
/// tells: an ETA of unknown reliability, and without one a job of unknown scale.
///
/// The caller says only what a request is worth. With nothing learned and no ETA the first requests come after 4, 9, 15 and
/// 23 s; with an ETA of 60 s after 14, 23, 32 and 41 s. Each job that ``JobDurations`` learns from moves them to where that
/// endpoint's jobs are done.
public struct LeastCostSchedule: PollingSchedule, Hashable {
    /// How many seconds of delay one request is worth, from a thousandth to 10⁹.
    ///
    /// The gaps grow about with its square root.
    public let secondsPerRequest: Double

    /// What is known of the endpoint's jobs where a moment brings nothing of its own.
    public var durations: JobDurations

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - secondsPerRequest: How many seconds of delay one request is worth. What lies outside a thousandth to 10⁹ is
    ///     brought inside, zero and what is negative too; NaN counts as one.
    ///   - durations: What is known of the endpoint's jobs, from an earlier process perhaps.
    public init(secondsPerRequest: Double = 1, durations: JobDurations = JobDurations()) {
        self.secondsPerRequest = secondsPerRequest.isNaN ? 1 : min(max(secondsPerRequest, 0.001), 1e9)
        self.durations = durations
    }

    /// The time until the next request is due.
    public func gap(at moment: PollingMoment) -> Duration {
        let forecast = DurationForecast(
            expectedAge: moment.expectedAge?.clamped(to: .zero ... .longest).seconds,
            durations: moment.durations ?? durations
        )
        let search = GapSearch(
            forecast,
            age: moment.age.clamped(to: .zero ... .longest).seconds,
            cost: secondsPerRequest
        )
        return Duration(clampingSeconds: search.gap) ?? .zero
    }
}

extension PollingSchedule where Self == LeastCostSchedule {
    /// Asks when waiting any longer would cost more than asking.
    public static var leastCost: Self { LeastCostSchedule() }

    /// Asks when waiting any longer would cost more than asking.
    ///
    /// - Parameters:
    ///   - secondsPerRequest: How many seconds of delay one request is worth.
    ///   - durations: What is known of the endpoint's jobs.
    public static func leastCost(
        secondsPerRequest: Double = 1,
        durations: JobDurations = JobDurations()
    ) -> Self {
        LeastCostSchedule(secondsPerRequest: secondsPerRequest, durations: durations)
    }
}
