/// The gaps after failed requests: exponential back-off with full jitter, as in AWS's SDKs.
struct BackOff: Sendable {
    private var errors: UInt16 = 0
    private var throttles: UInt16 = 0
    private var alike: UInt16 = 0

    /// The number of transient errors in a row. Requests to slow down (429) aren't counted.
    var errorsInARow: Int { Int(errors) }

    /// The number of errors in a row that are like the last one, which counts as well.
    var alikeErrors: Int { Int(alike) }

    /// Forgets the errors, since a request succeeded.
    mutating func reset() { (errors, throttles, alike) = (0, 0, 0) }

    /// Counts a failed request.
    ///
    /// - Parameters:
    ///   - isThrottle: True if the provider asked to slow down.
    ///   - isAlike: True if the error is like the one before it.
    mutating func noteError(isThrottle: Bool, isAlike: Bool) {
        alike = isAlike ? min(alike, .max - 1) + 1 : 1
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
