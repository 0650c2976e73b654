/// A ``PollingPolicy`` whose values are clamped to usable ranges, shared by reference between all waits that have it.
final class ClampedPolicy: Sendable {
    private static let shortestGap: Duration = .milliseconds(10)

    let deadline: Duration
    let requestTimeout: Duration
    /// The bounds of the time that is reserved for a slow response before the deadline.
    let earlyReserve: ClosedRange<Duration>
    /// The bounds of the time that is reserved for the response to the very last request.
    let lateReserve: ClosedRange<Duration>
    let gaps: ClosedRange<Duration>
    /// The shortest gap that the endpoint allows, which applies to the very last request as well.
    let endpointGap: Duration
    let toleratedErrors: Int
    let notFoundGrace: Duration
    let schedule: any PollingSchedule

    /// Clamps the values of a policy, for an endpoint that allows no gap shorter than `minimumGap`.
    init(_ policy: PollingPolicy, minimumGap: Duration = .zero) {
        deadline = policy.deadline.clamped(to: .milliseconds(1) ... .hundredYears)
        earlyReserve = min(.milliseconds(500), deadline / 4)...deadline / 4
        lateReserve = min(.milliseconds(100), deadline / 10)...deadline / 10
        requestTimeout = policy.requestTimeout.clamped(to: .milliseconds(1) ... .hundredYears)
        endpointGap = minimumGap.clamped(to: .zero ... .hundredYears)
        let floor = max(policy.minimumGap, minimumGap).clamped(to: Self.shortestGap ... .hundredYears)
        gaps = floor...max(floor, policy.maximumGap.clamped(to: .zero ... .hundredYears))
        toleratedErrors = policy.toleratedErrors
        notFoundGrace = policy.notFoundGrace
        schedule = policy.schedule
    }
}
