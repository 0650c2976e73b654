extension Duration {
    /// A duration of 100 years. It is longer than any reasonable setting, and small enough for sums not to overflow.
    static let hundredYears: Duration = .seconds(3_155_760_000 as Int64)

    /// Creates a duration from a number of seconds that comes from outside.
    ///
    /// `Duration.seconds(_:)` traps on NaN, infinity and large values. This initializer clamps the number to the range
    /// from zero to 100 years, and returns `nil` for NaN.
    ///
    /// - Parameter seconds: Any number, including negative ones, infinity and NaN.
    package init?(clampingSeconds seconds: Double) {
        guard !seconds.isNaN else { return nil }
        self = .seconds(Swift.min(Swift.max(seconds, 0), Duration.hundredYears.seconds))
    }

    /// The duration in seconds, rounded to the precision of a `Double`.
    package var seconds: Double { self / .seconds(1) }

    /// Returns the duration, clamped to a range.
    func clamped(to range: ClosedRange<Duration>) -> Duration {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }

    /// The duration in seconds for messages, without a unit and with at most one fractional digit.
    var inSeconds: String {
        let tenths = (clamped(to: .zero ... .hundredYears).seconds * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int64(tenths))" : "\(tenths)"
    }
}
