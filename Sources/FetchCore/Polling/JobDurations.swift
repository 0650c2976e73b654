/// Learned statistics of how long an endpoint's jobs take, and of how accurate its provider's ETAs are.
///
/// The statistics consist of two histograms, of the ages at which jobs completed and of those ages as multiples of the
/// ETA, and of a measure of which of the two has predicted jobs better. They take about a kilobyte. The weight of old
/// jobs decays exponentially: a job that lies 200 jobs back has about a third of the weight of the latest.
///
/// A ``LeastCostSchedule`` uses the statistics, and they can be stored between runs:
///
/// ```swift
/// var durations = JobDurations()
/// durations.learn(CompletedJob(pendingAt: .seconds(38), doneAt: .seconds(41), expectedAge: .seconds(60)))
/// let policy = PollingPolicy(schedule: .leastCost(durations: durations))
/// ```
public struct JobDurations: Sendable, Hashable {
    /// The grid for ages: from a quarter of a second to 36 hours.
    static let ageGrid = LogarithmicTable.Grid(lowest: -2, doublings: 19)

    /// The grid for multiples of the ETA: from 1/32 to 128.
    static let ratioGrid = LogarithmicTable.Grid(lowest: -5, doublings: 12)

    /// The number of further jobs after which the weight of a job has decayed to 1/e.
    static let memory = 200.0
    private static let memoryOfAdvantage = 100.0
    static let greatestAdvantage = 30.0

    private(set) var ages = LogarithmicTable(Self.ageGrid)
    private(set) var ratios = LogarithmicTable(Self.ratioGrid)

    /// The decaying sum of log-likelihood ratios of the two predictions. It is positive if multiples of the ETA predict
    /// jobs better.
    private(set) var advantageOfETA = 0.0

    /// Creates empty statistics.
    public init() {}

    init(ages: LogarithmicTable, ratios: LogarithmicTable, advantageOfETA: Double) {
        self.ages = ages
        self.ratios = ratios
        self.advantageOfETA = advantageOfETA
    }

    /// True if no job was learned yet.
    public var isEmpty: Bool { ages.isEmpty }

    /// The total weight of the learned jobs, after decay. At most 200.
    public var weight: Double { ages.total }

    /// The weight of the prediction by ETA, from 0 to 1.
    var trustInETA: Double { 1 / (1 + exponential(-advantageOfETA)) }

    /// Learns from a completed job.
    ///
    /// For most jobs only an interval is known, from the last response with a pending state to the response with the
    /// terminal state. The job's weight is distributed over the interval in proportion to the current prediction.
    ///
    /// - Parameter job: The interval in which the job completed.
    public mutating func learn(_ job: CompletedJob) {
        let bounds = job.bounds
        let expectedAge = job.expectedAge?.clamped(to: .zero ... .hundredYears).seconds
        let eta = expectedAge.map { max($0, DurationPrior.shortestETA) }
        let likelihoodByAge = ages.learn(bounds, unit: 1, eta: eta)
        guard let eta else { return }
        let likelihoodByRatio = ratios.learn(bounds, unit: eta, eta: eta)
        let sum =
            advantageOfETA * (1 - 1 / Self.memoryOfAdvantage) + naturalLogarithm(likelihoodByRatio / likelihoodByAge)
        advantageOfETA = min(max(sum, -Self.greatestAdvantage), Self.greatestAdvantage)
    }
}
