/// The prior distributions of a job's duration, for endpoints without completed jobs.
///
/// Both have heavy tails, so that a late job can take any time.
enum DurationPrior {
    /// The weight of the prior, as a number of completed jobs. From the second job on, the observations have more
    /// weight.
    static let weight = 1.0

    /// The minimum ETA in seconds. Shorter ones are raised to it.
    static let shortestETA = 0.05

    /// The distribution of the age at which a job without an ETA completes: a Lomax distribution with a scale of four
    /// seconds.
    static let ages = LogarithmicTable(JobDurations.ageGrid) { age in
        1 - power(1 + age / 4, -tailShape)
    }

    /// The distribution of the age at which a job with an ETA completes, as a multiple of the ETA.
    ///
    /// The ETAs of a provider are usually wrong by a factor that is the same for all its jobs, and unknown before the
    /// first job. The prior is a mixture with equal weights: ETAs that are estimates, with a median of one ETA, and
    /// ETAs that are upper bounds, with a median of a third. Both components are log-logistic with shape 2:
    ///
    ///     F(r) = ½ · 1/(1 + r⁻²) + ½ · 1/(1 + (3r)⁻²)
    ///
    /// The mixture is robust rather than accurate. Any factor from a fifth to three costs about the same. A narrow
    /// prior around the ETA is cheaper if ETAs are exact, and several times as expensive if they aren't.
    static let ratios = LogarithmicTable(JobDurations.ratioGrid) { ratio in
        0.5 / (1 + power(ratio, -2)) + 0.5 / (1 + power(3 * ratio, -2))
    }

    /// The exponent of the tail beyond all other information: the probability of an `n` times longer duration is `n` to
    /// the power of minus this.
    ///
    /// At an exponent of one half, the relative excess over the cost with a known duration is the same at every
    /// duration.
    static let tailShape = 0.6
}
