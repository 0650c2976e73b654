/// How many failed requests a provider's jobs may still repeat quickly.
///
/// A retry costs tokens, a request that is answered brings one back. While a provider is well, no wait ever notices. In an
/// outage the tokens run out, and from then on what failed is asked again only as seldom as the policy allows, so that a
/// thousand waits don't multiply the traffic of a provider that is down. The numbers are those of AWS's retry quota.
struct RetryBudget: Sendable {
    private static let capacity = 500
    private static let costOfRetry = 5
    private static let costOfTimeout = 10

    private var tokens = capacity

    /// Takes what a retry costs, or returns false where there isn't enough.
    mutating func pay(for error: FetchError) -> Bool {
        let cost = error.code == .requestTimeout ? Self.costOfTimeout : Self.costOfRetry
        guard tokens >= cost else { return false }
        tokens -= cost
        return true
    }

    /// Notes that a request was answered.
    mutating func refill() { tokens = min(tokens + 1, Self.capacity) }
}
