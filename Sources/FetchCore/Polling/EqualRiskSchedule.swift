/// Asks whenever a job has become ready with the same probability since it was last asked about.
///
/// The completion time is taken to be log-logistic around the provider's ETA: half of all jobs are ready by then, early
/// ones are rare, late ones can be very late. Asking at equal risk `p` (Munford and Shahani, *A nearly optimal
/// inspection policy*, Operational Research Quarterly 23, 1972) is then closed form:
///
///     t[k] = expected · ((1−p)^−k − 1)^(1/β)
///
/// Written for the next time `u` after an age `t`, it needs no count: `(u/expected)^β = (1 + (t/expected)^β) / (1−p) − 1`.
/// Around the ETA the gaps are short; long after it they grow with the job's age, so the delay stays within a tenth
/// of what the job took anyway.
public struct EqualRiskSchedule: PollingSchedule, Hashable {
    /// The probability `p` that a job becomes ready between two requests.
    private let risk = 0.22

    /// The shape `β` of the distribution: how closely completion times gather around the ETA.
    private let shape = 2.75

    /// The age at which a job is expected to be done where the provider says nothing.
    public var usualAge: Duration

    /// Creates a schedule.
    ///
    /// - Parameter usualAge: How long jobs take where the provider gives no ETA; at least a millisecond.
    public init(usualAge: Duration = .seconds(10)) {
        self.usualAge = usualAge
    }

    /// The time until the risk is used up.
    public func gap(at moment: PollingMoment) -> Duration {
        let expected = max((moment.expectedAge ?? usualAge).clamped(to: .zero ... .longest).seconds, 0.001)
        let age = moment.age.clamped(to: .zero ... .longest).seconds
        let oddsOfBeingReady = power(age / expected, shape)
        let next = expected * power((1 + oddsOfBeingReady) / (1 - risk) - 1, 1 / shape)
        // Far behind the ETA the odds overflow, and only their ratio is left of the formula.
        let gap = next.isFinite ? next - age : age * (power(1 - risk, -1 / shape) - 1)
        return Duration(clampingSeconds: gap) ?? .zero
    }
}

extension PollingSchedule where Self == EqualRiskSchedule {
    /// Asks at equal risk around the provider's ETA.
    public static var equalRisk: Self { EqualRiskSchedule() }

    /// Asks at equal risk, for jobs of a known usual duration where the provider gives no ETA.
    public static func equalRisk(usualAge: Duration) -> Self { EqualRiskSchedule(usualAge: usualAge) }
}
