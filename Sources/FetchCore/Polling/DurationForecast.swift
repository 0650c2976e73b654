/// What is expected of one job: the probability that it is done before some age.
///
/// It mixes what was learned of the ages at which an endpoint's jobs are done, what was learned of those ages as multiples
/// of the provider's ETA, and the prior. Ages are in seconds.
struct DurationForecast {
    /// What was learned in multiples of the unit, and the prior in the same.
    private let learned: LogarithmicTable
    private let prior: LogarithmicTable
    private let learnedWeight: Double
    private let priorWeight: Double
    /// One over the ETA, or one where there is none.
    private let perUnit: Double

    /// With an ETA, what was learned without regard to it.
    private let ages: LogarithmicTable
    private let ageWeight: Double

    /// The age from which on nothing is known.
    let horizon: Double

    /// Creates a forecast.
    ///
    /// - Parameter expectedAge: The age at which the provider expects the job to be done.
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

    /// The probability that the job is done before an age.
    @inline(__always)
    func probability(before age: Double) -> Double {
        let place = prior.grid.place(of: age * perUnit)
        var sum = priorWeight * prior.mass(below: place)
        if !learned.isEmpty { sum += learnedWeight * learned.mass(below: place) }
        if ageWeight > 0, !ages.isEmpty { sum += ageWeight * ages.mass(below: ages.grid.place(of: age)) }
        return sum
    }
}
