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
        let likelihoodByAge = Self.learn(bounds, in: &ages, unit: 1, eta: eta)
        guard let eta else { return }
        let likelihoodByRatio = Self.learn(bounds, in: &ratios, unit: eta, eta: eta)
        let sum =
            advantageOfETA * (1 - 1 / Self.memoryOfAdvantage) + naturalLogarithm(likelihoodByRatio / likelihoodByAge)
        advantageOfETA = min(max(sum, -Self.greatestAdvantage), Self.greatestAdvantage)
    }

    /// Adds a job to a table.
    ///
    /// - Parameters:
    ///   - bounds: The ages between which the job completed, in seconds.
    ///   - table: The table to which the job is added.
    ///   - unit: The unit of the table, in seconds.
    ///   - eta: The age at which the job was expected to complete, in seconds. `nil` if there was no ETA.
    /// - Returns: The probability of the interval according to the prediction before the job was added.
    private static func learn(
        _ bounds: ClosedRange<Double>,
        in table: inout LogarithmicTable,
        unit: Double,
        eta: Double?
    ) -> Double {
        let grid = table.grid
        let prior = eta == nil ? DurationPrior.ages : DurationPrior.ratios
        let share = 1 / (DurationPrior.weight + table.total)
        func probability(below position: Double, age: Double) -> Double {
            let expected = DurationPrior.weight * prior.mass(below: prior.grid.position(of: age / (eta ?? 1)))
            return share * (table.isEmpty ? expected : expected + table.mass(below: position))
        }

        // A job beyond the end of the table is added to the last cell.
        let lower = min(grid.position(of: bounds.lowerBound / unit), Double(grid.cells) - 0.01)
        let upper = max(grid.position(of: bounds.upperBound / unit), lower + 0.01)
        let cells = Int(lower)...min(Int(upper), grid.cells - 1)
        var masses: [Double] = []
        masses.reserveCapacity(cells.count)
        var position = lower
        var before = probability(below: lower, age: bounds.lowerBound)
        for cell in cells {
            let isLast = cell == cells.upperBound
            let next = isLast ? upper : Double(cell + 1)
            let after = probability(below: next, age: isLast ? bounds.upperBound : grid.edge(cell + 1) * unit)
            // A minimum density distributes the weight evenly if the prediction excludes the entire interval.
            masses.append(max(after - before, 1e-9 * (next - position)))
            position = next
            before = after
        }
        table.decay(by: 1 - 1 / memory, adding: masses, from: cells.lowerBound, bandwidth: bandwidth(of: table))
        return masses.reduce(0, +)
    }

    /// Returns the half-width of the triangular kernel that smooths the weight of a job, in cells.
    ///
    /// The kernel of the first job spans a doubling to either side, since one job determines the scale of the durations
    /// but not their spread. For further jobs the interquartile range bounds the kernel, and its width falls with the
    /// cube root of the number of jobs, which is optimal for a distribution function (Azzalini, *A Note on the
    /// Estimation of a Distribution Function and Quantiles by a Kernel Method*, Biometrika 68, 1981).
    private static func bandwidth(of table: LogarithmicTable) -> Int {
        let maximum = Double(LogarithmicTable.Grid.resolution)
        let spread = table.total > 1 ? min(table.interquartileRange, maximum) : maximum
        return Int((spread * power(table.total + 1, -1.0 / 3)).rounded())
    }
}
