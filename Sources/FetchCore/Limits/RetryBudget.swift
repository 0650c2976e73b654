/// A token bucket of the failed requests that a provider's jobs may repeat soon.
///
/// A retry takes tokens, a successful request brings one back. While a provider is well, no wait notices. In an outage
/// the tokens run out, and from then on failed requests are repeated only as seldom as the policy allows, so that a
/// thousand waits don't multiply the traffic of a provider that is down. The numbers are those of AWS's retry quota.
struct RetryBudget: Sendable {
    private static let capacity = 500
    private static let retryCost = 5
    private static let timeoutCost = 10

    private var tokens = capacity

    /// Takes the tokens of a retry; false if there aren't enough.
    mutating func withdraw(for error: FetchError) -> Bool {
        let cost = error.code == .requestTimeout ? Self.timeoutCost : Self.retryCost
        guard tokens >= cost else { return false }
        tokens -= cost
        return true
    }

    /// Notes a successful request.
    mutating func refill() { tokens = min(tokens + 1, Self.capacity) }
}
