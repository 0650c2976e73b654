/// The distribution of a job's duration before anything was learned from the endpoint's jobs.
///
/// Both priors have heavy tails, so that a late job can have any length.
enum DurationPrior {
    /// The number of completed jobs that the prior counts for.
    ///
    /// From the second job on, what was observed outweighs the prior.
    static let weight = 1.0

    /// The shortest ETA that is told from a missing one, in seconds.
    static let shortestETA = 0.05

    /// Without an ETA, the age at which a job completes: Pareto from four seconds on (Lomax).
    static let ages = LogarithmicTable(JobDurations.ageGrid) { age in
        1 - power(1 + age / 4, -tailShape)
    }

    /// With an ETA, the age at which a job completes as a multiple of that ETA.
    ///
    /// A provider's ETAs are usually off by a factor that is the same for all its jobs, and before the first job that
    /// factor is unknown. Half of all ETAs are taken for estimates, with a median of once the ETA, and the other half for
    /// upper bounds, with a median of a third of it. Both are log-logistic with shape 2:
    ///
    ///     F(r) = ½ · 1/(1 + r⁻²) + ½ · 1/(1 + (3r)⁻²)
    ///
    /// The mixture is robust rather than accurate. No factor from a fifth to three costs much more than any other, where a
    /// narrow prior around the ETA is cheaper if ETAs are exact, and several times as expensive if they are not.
    static let ratios = LogarithmicTable(JobDurations.ratioGrid) { ratio in
        0.5 / (1 + power(ratio, -2)) + 0.5 / (1 + power(3 * ratio, -2))
    }

    /// The exponent of the tail in which only the age of a job is known: the probability that it takes `n` times as long
    /// is `n` to the power of minus this.
    ///
    /// At one half the excess over the cost with a known duration would be the same fraction of it at every duration.
    static let tailShape = 0.6
}
