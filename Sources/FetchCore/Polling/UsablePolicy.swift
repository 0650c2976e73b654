/// A policy in which every value can be used as it is, behind a reference: a million waits have the same.
final class UsablePolicy: Sendable {
    private static let shortestGap: Duration = .milliseconds(10)

    let deadline: Duration
    let requestTimeout: Duration
    let gaps: ClosedRange<Duration>
    /// The shortest gap that the endpoint allows, which even the last request keeps to.
    let endpointGap: Duration
    let toleratedErrors: Int
    let notFoundGrace: Duration
    let schedule: any PollingSchedule

    /// Brings what makes no sense to what does.
    ///
    /// - Parameter minimumGap: The shortest gap that the endpoint allows.
    init(_ policy: PollingPolicy, minimumGap: Duration = .zero) {
        deadline = policy.deadline.clamped(to: .milliseconds(1) ... .longest)
        requestTimeout = policy.requestTimeout.clamped(to: .milliseconds(1) ... .longest)
        endpointGap = minimumGap.clamped(to: .zero ... .longest)
        let floor = max(policy.minimumGap, minimumGap).clamped(to: Self.shortestGap ... .longest)
        gaps = floor...max(floor, policy.maximumGap.clamped(to: .zero ... .longest))
        toleratedErrors = policy.toleratedErrors
        notFoundGrace = policy.notFoundGrace
        schedule = policy.schedule
    }
}
