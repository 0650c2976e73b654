/// The gaps after failed requests: exponential back-off with full jitter, as in AWS's SDKs.
struct BackOff: Sendable {
    private var errors: UInt16 = 0
    private var throttles: UInt16 = 0

    /// The number of transient errors in a row. Requests to slow down (429) aren't counted.
    var errorsInARow: Int { Int(errors) }

    /// Forgets the errors, since a request succeeded.
    mutating func reset() { (errors, throttles) = (0, 0) }

    /// Counts a failed request.
    ///
    /// - Parameter isThrottle: True if the provider asked to slow down.
    mutating func noteError(isThrottle: Bool) {
        if isThrottle {
            throttles = min(throttles, .max - 1) + 1
        } else {
            errors = min(errors, .max - 1) + 1
        }
    }

    /// Returns the gap to the next request: a random part of a bound that starts at the shortest gap and doubles with
    /// each error.
    ///
    /// - Parameters:
    ///   - gaps: The shortest gap, and the longest one, which the bound doesn't exceed.
    ///   - random: A number from 0 to 1. It is clamped; NaN counts as 1.
    /// - Returns: A gap from zero to the bound.
    func gap(within gaps: ClosedRange<Duration>, random: Double) -> Duration {
        let doublings = min(Int(errors) + Int(throttles), 30)
        let bound = min(gaps.lowerBound * (1 << doublings), gaps.upperBound)
        return random.isNaN ? bound : bound * min(max(random, 0), 1)
    }
}
