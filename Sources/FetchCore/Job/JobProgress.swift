/// The progress of a job that isn't done, as one response reports it.
public struct JobProgress: Sendable, Hashable {
    /// The provider's estimate of the remaining time. `nil` if the response contains none.
    ///
    /// The schedule uses it to time the next requests. Polling doesn't pause for the entire time, since estimates are
    /// often wrong.
    public var eta: Duration?

    /// The delay before the next request that the provider asks for. `nil` if it asks for none.
    ///
    /// It takes precedence over the schedule and ``eta``, between ``PollingPolicy/minimumGap`` and
    /// ``PollingPolicy/maximumGap``. If it is `nil`, the client uses the response's `Retry-After` header.
    public var retryAfter: Duration?

    /// The completed fraction of the job, from 0 to 1. `nil` if the response contains none.
    ///
    /// A value out of range is clamped when it is set, and NaN becomes `nil`.
    public var fraction: Double? {
        get { clampedFraction }
        set { clampedFraction = newValue.flatMap { $0.isNaN ? nil : min(max($0, 0), 1) } }
    }

    private var clampedFraction: Double?

    /// The provider's message, such as "Try Again". `nil` if the response contains none. Polling keeps its first 500
    /// characters.
    public var message: String?

    /// Further values of the response under the provider's own names, such as a queue position or the URLs of future
    /// outputs.
    ///
    /// Polling keeps at most 4 KiB of them, since a client may wait for many jobs: ``FetchUpdates`` and
    /// ``FetchError/lastProgress`` leave out the largest values beyond that. A ``FetchObserver`` and a single fetch
    /// receive all of them.
    public var details: [String: JSONValue]

    /// Creates a progress. All parts are optional.
    ///
    /// - Parameters:
    ///   - eta: The provider's estimate of the remaining time. Defaults to none.
    ///   - retryAfter: The delay before the next request that the provider asks for. Defaults to none.
    ///   - fraction: The completed fraction. A value outside 0 to 1 is clamped, and NaN becomes `nil`. Defaults to
    ///     none.
    ///   - message: The provider's message. Defaults to none.
    ///   - details: Further values of the response. Defaults to none.
    public init(
        eta: Duration? = nil,
        retryAfter: Duration? = nil,
        fraction: Double? = nil,
        message: String? = nil,
        details: [String: JSONValue] = [:]
    ) {
        self.eta = eta
        self.retryAfter = retryAfter
        self.message = message
        self.details = details
        self.fraction = fraction
    }

    /// Creates a progress from numbers of seconds in a response.
    ///
    /// `Duration.seconds(_:)` traps on NaN, infinity and large values, which a server may send. This initializer clamps
    /// both numbers to the range from zero to 100 years, and NaN becomes `nil`.
    ///
    /// - Parameters:
    ///   - etaSeconds: The provider's estimate of the remaining time in seconds. `nil` if the response contains none.
    ///   - retryAfterSeconds: The delay in seconds before the next request that the provider asks for. Defaults to
    ///     none.
    ///   - fraction: The completed fraction. A value outside 0 to 1 is clamped, and NaN becomes `nil`. Defaults to
    ///     none.
    ///   - message: The provider's message. Defaults to none.
    ///   - details: Further values of the response. Defaults to none.
    public init(
        etaSeconds: Double?,
        retryAfterSeconds: Double? = nil,
        fraction: Double? = nil,
        message: String? = nil,
        details: [String: JSONValue] = [:]
    ) {
        self.init(
            eta: etaSeconds.flatMap(Duration.init(clampingSeconds:)),
            retryAfter: retryAfterSeconds.flatMap(Duration.init(clampingSeconds:)),
            fraction: fraction,
            message: message,
            details: details
        )
    }
}

extension JobProgress: CustomStringConvertible {
    /// The word "pending" with the fraction, ETA and message that are set, on one line.
    public var description: String {
        var parts: [String] = []
        if let fraction { parts.append("\(Int(fraction * 100)) %") }
        if let eta { parts.append("ETA \(eta.inSeconds) s") }
        if let message { parts.append("\(Excerpt(message))") }
        return parts.isEmpty ? "pending" : "pending, " + parts.joined(separator: ", ")
    }
}
