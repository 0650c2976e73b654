extension Duration {
    /// A hundred years: longer than any wait, and far from the limits of arithmetic.
    static let longest: Duration = .seconds(3_155_760_000)

    /// Creates a duration from seconds that come from outside.
    ///
    /// `Duration.seconds(_:)` traps on NaN, infinities and large values. Here NaN gives nil, and what lies outside
    /// zero to a hundred years is brought inside.
    ///
    /// - Parameter seconds: Any number.
    public init?(clampingSeconds seconds: Double) {
        guard !seconds.isNaN else { return nil }
        self = .seconds(Swift.min(Swift.max(seconds, 0), Duration.longest.seconds))
    }

    /// The duration in seconds, as exactly as a `Double` can hold it.
    public var seconds: Double { self / .seconds(1) }

    /// The duration brought into a range.
    func clamped(to range: ClosedRange<Duration>) -> Duration {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }

    /// The duration's text in seconds, with at most one digit after the point.
    var inSeconds: String {
        let tenths = (clamped(to: .zero ... .longest).seconds * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int64(tenths))" : "\(tenths)"
    }
}
