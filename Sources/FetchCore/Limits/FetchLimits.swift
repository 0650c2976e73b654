/// The limits on a client's requests to one provider. They apply to all subscriptions and fetches together.
///
/// Values out of range are clamped, so that limits from a configuration file can neither stop a client nor disable its
/// other limits.
public struct FetchLimits: Sendable, Hashable {
    /// The maximum number of concurrent requests, clamped to the range from 1 to 1,000,000. Defaults to 32.
    public var requestsInFlight: Int

    /// The maximum number of requests that begin per second, evenly spaced to within some hundredths of a second.
    ///
    /// `nil`, zero, negative numbers and NaN disable this limit. Defaults to `nil`.
    public var requestsPerSecond: Double?

    /// Creates limits.
    ///
    /// - Parameters:
    ///   - requestsInFlight: The maximum number of concurrent requests. Defaults to 32.
    ///   - requestsPerSecond: The maximum number of requests that begin per second. Defaults to `nil`, which is no
    ///     limit.
    public init(requestsInFlight: Int = 32, requestsPerSecond: Double? = nil) {
        self.requestsInFlight = requestsInFlight
        self.requestsPerSecond = requestsPerSecond
    }
}

extension FetchLimits {
    /// The clamped maximum number of concurrent requests.
    var clampedRequestsInFlight: Int { min(max(requestsInFlight, 1), 1_000_000) }

    /// The minimum time between the beginnings of two requests.
    var spacing: Duration {
        guard let rate = requestsPerSecond, rate > 0 else { return .zero }
        return Duration(clampingSeconds: 1 / rate) ?? .zero
    }
}
