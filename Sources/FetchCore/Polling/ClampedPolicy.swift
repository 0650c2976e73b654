/// A ``PollingPolicy`` for the jobs of an endpoint, whose values are clamped to usable ranges, shared by reference
/// between all waits that have it.
final class ClampedPolicy: Sendable {
    private static let shortestGap: Duration = .milliseconds(10)

    let deadline: Duration
    let requestTimeout: Duration
    /// True if the endpoint states a timeout, since its server holds requests until a job is done.
    let expectsLongPolls: Bool
    let gaps: ClosedRange<Duration>
    /// The shortest gap that the endpoint allows, which applies to the very last request as well.
    let endpointGap: Duration
    let toleratedErrors: Int
    let notFoundGrace: Duration
    let schedule: any PollingSchedule

    /// Clamps the values of a policy. Those that it doesn't state are the endpoint's, or else the defaults.
    init(_ policy: PollingPolicy, _ endpoint: EndpointTiming = .unstated) {
        deadline = (policy.deadline ?? endpoint.deadline ?? PollingPolicy.defaultDeadline).clampedTimeLimit
        requestTimeout =
            (policy.requestTimeout ?? endpoint.requestTimeout ?? PollingPolicy.defaultRequestTimeout).clampedTimeLimit
        expectsLongPolls = endpoint.requestTimeout != nil
        endpointGap = endpoint.minimumGap.clamped(to: .zero ... .hundredYears)
        let floor = max(policy.minimumGap, endpoint.minimumGap).clamped(to: Self.shortestGap ... .hundredYears)
        let ceiling = policy.maximumGap ?? endpoint.maximumGap ?? PollingPolicy.defaultMaximumGap
        gaps = floor...max(floor, ceiling.clamped(to: .zero ... .hundredYears))
        toleratedErrors = policy.toleratedErrors
        notFoundGrace = policy.notFoundGrace
        schedule = policy.schedule
    }
}

extension Duration {
    /// The duration as the limit of a wait or a request: from a millisecond to 100 years.
    var clampedTimeLimit: Duration { clamped(to: .milliseconds(1) ... .hundredYears) }
}
