/// The probability distribution of the age at which one job completes.
///
/// The forecast is a mixture of the ages at which the endpoint's jobs completed, of those ages as multiples of the
/// provider's ETA, and of a prior. Ages are in seconds.
struct DurationForecast {
    /// The learned distribution in multiples of the unit, and the prior in the same multiples.
    private let learned: LogarithmicTable
    private let prior: LogarithmicTable
    private let learnedWeight: Double
    private let priorWeight: Double
    /// The inverse of the unit: one divided by the ETA, or one if there is no ETA.
    private let perUnit: Double

    /// The learned distribution of ages. It is a part of the mixture only if there is an ETA.
    private let ages: LogarithmicTable
    private let ageWeight: Double

    /// The highest age that the distributions cover.
    let horizon: Double

    /// Creates a forecast.
    ///
    /// - Parameters:
    ///   - expectedAge: The age at which the provider expects the job to be done, in seconds.
    ///   - durations: The durations of the endpoint's previous jobs.
    init(expectedAge: Double?, durations: JobDurations) {
        ages = durations.ages
        let agePart = 1 / (DurationPrior.weight + ages.total)
        if let expectedAge {
            let eta = max(expectedAge, DurationPrior.shortestETA)
            learned = durations.ratios
            prior = DurationPrior.ratios
            let trust = durations.trustInETA
            learnedWeight = trust / (DurationPrior.weight + learned.total)
            ageWeight = (1 - trust) * agePart
            perUnit = 1 / eta
            horizon = max(eta * prior.grid.highest, ages.isEmpty ? 0 : ages.grid.highest)
        } else {
            learned = ages
            prior = DurationPrior.ages
            learnedWeight = agePart
            ageWeight = 0
            perUnit = 1
            horizon = prior.grid.highest
        }
        priorWeight = DurationPrior.weight * (learnedWeight + ageWeight)
    }

    /// Returns the probability that the job completes before an age.
    @inline(__always)
    func probability(before age: Double) -> Double {
        let position = prior.grid.position(of: age * perUnit)
        var sum = priorWeight * prior.mass(below: position)
        if !learned.isEmpty { sum += learnedWeight * learned.mass(below: position) }
        if ageWeight > 0, !ages.isEmpty { sum += ageWeight * ages.mass(below: ages.grid.position(of: age)) }
        return sum
    }
}
