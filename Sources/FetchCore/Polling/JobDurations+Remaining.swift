extension JobDurations {
    /// Returns the time that a pending job still takes, as a range: with even odds the job ends within it, and
    /// otherwise before or after it.
    ///
    /// ```swift
    /// let durations = client.durations["example.video"] ?? JobDurations()
    /// if let remaining = durations.expectedRemaining(age: .seconds(30), eta: .seconds(60)) {
    ///     print("\(remaining.lowerBound) to \(remaining.upperBound)")
    /// }
    /// ```
    ///
    /// The bounds are the quartiles of the distribution of earlier jobs, of which only those count that took longer
    /// than the job has taken so far. Computing them takes about ten microseconds.
    ///
    /// - Parameters:
    ///   - age: The time since the job was submitted. Negative values count as zero.
    ///   - eta: The provider's estimate of the time from the submission to the result, as in ``Submission/eta``.
    ///     Defaults to none.
    /// - Returns: The range. `nil` if nothing is known, since there is neither a learned job nor an ETA, or if the job
    ///   has taken longer than the 36 hours, or the 128 times of its ETA, that the statistics cover.
    public func expectedRemaining(age: Duration, eta: Duration? = nil) -> ClosedRange<Duration>? {
        guard
            let first = remaining(0.25, age: age, eta: eta),
            let third = remaining(0.75, age: age, eta: eta)
        else { return nil }
        return first...max(first, third)
    }

    /// Returns the time that a pending job still takes with a probability.
    func remaining(_ probability: Double, age: Duration, eta: Duration?) -> Duration? {
        guard !isEmpty || eta != nil else { return nil }
        let forecast = DurationForecast(
            expectedAge: eta?.clamped(to: .zero ... .hundredYears).seconds,
            durations: self
        )
        let age = age.clamped(to: .zero ... .hundredYears).seconds
        return forecast.age(before: probability, pendingAt: age).flatMap { Duration(clampingSeconds: $0 - age) }
    }
}

extension DurationForecast {
    /// Returns the age in seconds before which a job that is pending at an age completes with a probability.
    ///
    /// - Returns: The age, at most ``horizon``; `nil` if the distributions don't reach beyond the age of the job.
    func age(before share: Double, pendingAt age: Double) -> Double? {
        let start = probability(before: age)
        guard age < horizon, start < 1 else { return nil }
        let target = start + share * (1 - start)
        var (low, high) = (age, horizon)
        // Halved until the bounds differ by a thousandth of the result; on a nearly logarithmic scale, since ages range
        // from parts of a second to days.
        let shift = 0.25
        while high - low > max(high / 1_000, 0.001) {
            let middle = ((low + shift) * (high + shift)).squareRoot() - shift
            if probability(before: middle) < target { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

extension PollingMoment {
    /// The time that the job still takes, as ``JobDurations/expectedRemaining(age:eta:)`` returns it.
    public var expectedRemaining: ClosedRange<Duration>? {
        (durations ?? JobDurations()).expectedRemaining(age: age, eta: expectedAge)
    }

    /// The age, divided by the age at which the job ends with even odds; from 0 to 1.
    var estimatedFraction: Double? {
        let durations = durations ?? JobDurations()
        guard let remaining = durations.remaining(0.5, age: age, eta: expectedAge) else { return nil }
        let age = age.clamped(to: .zero ... .hundredYears).seconds
        let total = age + remaining.seconds
        return total > 0 ? age / total : nil
    }
}
