/// An AIMD limiter of the requests in flight: a request to slow down halves the limit, each success after that gives a
/// little back.
struct ConcurrencyLimiter: Sendable {
    private var maximum: Double
    private var allowance: Double

    /// The number of requests in flight.
    private(set) var inFlight = 0

    init(maximum: Int) {
        self.maximum = Double(maximum)
        allowance = Double(maximum)
    }

    /// Changes the limit. What a request to slow down has halved stays, if that is less.
    mutating func setMaximum(_ maximum: Int) {
        allowance = allowance < self.maximum ? min(allowance, Double(maximum)) : Double(maximum)
        self.maximum = Double(maximum)
    }

    /// True if another request may begin.
    var hasRoom: Bool { inFlight < max(Int(allowance), 1) }

    /// Notes that a request begins.
    mutating func begin() { inFlight += 1 }

    /// Notes that a request has ended.
    mutating func end() { inFlight -= 1 }

    /// Additive increase: by one for as many successes as there may be requests in flight.
    mutating func noteSuccess() { allowance = min(allowance + 1 / allowance, maximum) }

    /// Multiplicative decrease: by half, to one at least.
    mutating func noteThrottle() { allowance = max(allowance / 2, 1) }
}
