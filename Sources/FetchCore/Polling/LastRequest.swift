/// The time of the last request before a deadline, from how long responses have taken.
///
/// Two times are reserved. The early one leaves room for a response that takes twice as long as the slowest so far. If
/// the response to that request comes soon, a late one follows just before the deadline, with room for a response
/// that takes twice as long as the latest. Only the late one may come sooner than the shortest gap of the policy, but
/// not than that of the endpoint.
///
/// A server that holds requests until a job is done may respond at any time, however long it took before. So for such
/// an endpoint only the shortest reserves are kept.
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
    ///   - limit: The length of the wait.
    ///   - policy: The policy with the gaps.
    /// - Returns: A time since the wait began.
    func time(after now: Duration, limit: Duration, _ policy: ClampedPolicy) -> Duration? {
        let early = earlyTime(limit: limit, policy)
        if now + policy.gaps.lowerBound <= early { return early }
        let tenth = limit.divided(by: 10)
        let late = limit - Self.reserve(for: latestResponse, min(.milliseconds(100), tenth)...tenth, policy)
        return max(now, now + policy.endpointGap) < late ? late : nil
    }

    /// Returns the time of the last request that leaves room for a slow response.
    func earlyTime(limit: Duration, _ policy: ClampedPolicy) -> Duration {
        let quarter = limit.divided(by: 4)
        return limit - Self.reserve(for: slowestResponse, min(.milliseconds(500), quarter)...quarter, policy)
    }

    private static func reserve(
        for latency: Duration,
        _ bounds: ClosedRange<Duration>,
        _ policy: ClampedPolicy
    ) -> Duration {
        policy.expectsLongPolls ? bounds.lowerBound : (latency + latency).clamped(to: bounds)
    }
}
