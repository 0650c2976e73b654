/// How hard a provider may be asked, all waits and fetches of a client together.
///
/// Every value is usable: what makes no sense is brought to the nearest that does, so that limits read from a configuration
/// can't stop a client or let it run wild.
public struct FetchLimits: Sendable, Hashable {
    /// How many requests may be on their way at once; at least one. Thirty-two unless stated.
    public var requestsInFlight: Int

    /// How many requests may begin in a second, evenly spread, but for some hundredths of a second; nil for any number, as are
    /// zero, negative numbers and NaN.
    public var requestsPerSecond: Double?

    /// Creates limits.
    public init(requestsInFlight: Int = 32, requestsPerSecond: Double? = nil) {
        self.requestsInFlight = requestsInFlight
        self.requestsPerSecond = requestsPerSecond
    }
}

extension FetchLimits {
    /// The requests in flight, made usable.
    var clampedRequestsInFlight: Int { min(max(requestsInFlight, 1), 1_000_000) }

    /// The time between the beginnings of two requests.
    var spacing: Duration {
        guard let rate = requestsPerSecond, rate > 0 else { return .zero }
        return Duration(clampingSeconds: 1 / rate) ?? .zero
    }
}
