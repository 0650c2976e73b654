/// A policy in which every value can be used as it is, behind a reference: a million waits have the same.
final class UsablePolicy: Sendable {
    private static let shortestGap: Duration = .milliseconds(10)

    let deadline: Duration
    let requestTimeout: Duration
    /// How much of the deadline is kept free for an answer that is slower than expected, and how much behind that.
    let earlyRoom: ClosedRange<Duration>
    let lateRoom: ClosedRange<Duration>
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
        earlyRoom = min(.milliseconds(500), deadline / 4)...deadline / 4
        lateRoom = min(.milliseconds(100), deadline / 10)...deadline / 10
        requestTimeout = policy.requestTimeout.clamped(to: .milliseconds(1) ... .longest)
        endpointGap = minimumGap.clamped(to: .zero ... .longest)
        let floor = max(policy.minimumGap, minimumGap).clamped(to: Self.shortestGap ... .longest)
        gaps = floor...max(floor, policy.maximumGap.clamped(to: .zero ... .longest))
        toleratedErrors = policy.toleratedErrors
        notFoundGrace = policy.notFoundGrace
        schedule = policy.schedule
    }
}
