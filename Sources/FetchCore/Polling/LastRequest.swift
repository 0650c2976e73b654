/// The time of the last request before a deadline, from how long responses have taken.
///
/// Two times are reserved. The early one leaves room for a response that takes twice as long as the slowest so far. If
/// the response to that request comes soon, a late one follows just before the deadline, with room for a response
/// that takes twice as long as the latest. Only the late one may come sooner than the shortest gap of the policy, but
/// not than that of the endpoint.
struct LastRequest: Sendable {
    @InNanoseconds private var slowestResponse: Duration = .zero
    @InNanoseconds private var latestResponse: Duration = .zero

    /// Notes how long a response took.
    mutating func noteResponse(after latency: Duration) {
        latestResponse = latency
        slowestResponse = max(slowestResponse, latency)
    }

    /// Returns the time of the last request after a time; `nil` if there is no room for one more.
    ///
    /// - Parameters:
    ///   - now: The time since the wait began.
    ///   - policy: The policy with the deadline and the gaps.
    /// - Returns: A time since the wait began.
    func time(after now: Duration, _ policy: ClampedPolicy) -> Duration? {
        let early = earlyTime(policy)
        if now + policy.gaps.lowerBound <= early { return early }
        let late = policy.deadline - (latestResponse + latestResponse).clamped(to: policy.lateReserve)
        return max(now, now + policy.endpointGap) < late ? late : nil
    }

    /// Returns the time of the last request that leaves room for a slow response.
    func earlyTime(_ policy: ClampedPolicy) -> Duration {
        policy.deadline - (slowestResponse + slowestResponse).clamped(to: policy.earlyReserve)
    }
}
