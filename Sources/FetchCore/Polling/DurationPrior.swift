/// What is taken for likely about a job before anything was learned.
///
/// Both distributions have heavy tails, so that a job that is late can be of any length.
enum DurationPrior {
    /// How many jobs' worth of evidence the prior is.
    static let weight = 2.0

    /// The shortest ETA that is told from none at all, in seconds.
    static let shortestETA = 0.05

    /// Without an ETA, the age at which a job is done: Pareto from four seconds on (Lomax).
    static let ages = LogarithmicTable(JobDurations.ageGrid) { age in
        1 - power(1 + age / 4, -tailShape)
    }

    /// With an ETA, the age at which a job is done as a multiple of it.
    ///
    /// Three quarters of all ETAs are taken to mean something: four in five of those jobs come within a factor of 1.6 of
    /// it, either way. The rest can be off by any factor. Both are log-logistic, with the ETA for their median.
    static let ratios = LogarithmicTable(JobDurations.ratioGrid) { ratio in
        0.75 / (1 + power(ratio, -4.5)) + 0.25 / (1 + power(ratio, -1.3))
    }

    /// How fast the tail thins out in which nothing is known of a job but its age: the chance to live `n` times as long
    /// is `n` to the power of minus this.
    ///
    /// At one half the excess over the cost of knowing the job's length would be the same part of it at every length.
    static let tailShape = 0.6
}
