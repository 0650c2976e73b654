/// What has been learned of how long an endpoint's jobs take, and of how far its provider's ETAs are off.
///
/// It is a value of about a kilobyte: two distributions, of the ages at which jobs were done and of those ages as
/// multiples of the ETA, and which of the two foretold jobs better. Old jobs fade: one that lies two hundred jobs back
/// counts a third of the newest.
///
/// A ``LeastCostSchedule`` reads it. It learns what it is told, and can be stored in between:
///
/// ```swift
/// var durations = JobDurations()
/// durations.learn(CompletedJob(pendingAt: .seconds(38), doneAt: .seconds(41), expectedAge: .seconds(60)))
/// let policy = PollingPolicy(schedule: .leastCost(durations: durations))
/// ```
public struct JobDurations: Sendable, Hashable {
    /// Ages from a quarter of a second to a day and a half.
    static let ageGrid = LogarithmicTable.Grid(lowest: -2, doublings: 19)

    /// From a 32nd to 128 times the ETA.
    static let ratioGrid = LogarithmicTable.Grid(lowest: -5, doublings: 12)

    /// How many jobs back a job counts one part in `e` of what it did.
    static let memory = 200.0
    private static let memoryOfAdvantage = 100.0
    static let greatestAdvantage = 30.0

    private(set) var ages = LogarithmicTable(Self.ageGrid)
    private(set) var ratios = LogarithmicTable(Self.ratioGrid)

    /// By how much multiples of the ETA have foretold jobs better than ages did: a fading sum of logarithms.
    private(set) var advantageOfETA = 0.0

    /// Creates a value that knows nothing.
    public init() {}

    init(ages: LogarithmicTable, ratios: LogarithmicTable, advantageOfETA: Double) {
        self.ages = ages
        self.ratios = ratios
        self.advantageOfETA = advantageOfETA
    }

    /// Whether nothing was learned yet.
    public var isEmpty: Bool { ages.isEmpty }

    /// How many jobs it stands on, each counted as far as it hasn't faded: 200 at the most.
    public var weight: Double { ages.total }

    /// The probability that the ETA says more about a job than other jobs do.
    var trustInETA: Double { 1 / (1 + exponential(-advantageOfETA)) }

    /// Learns from a job that has ended.
    ///
    /// All that is known of most jobs is an interval, from the last answer that said "pending" to the first that didn't.
    /// A job counts for all ages in it, each as far as what was known before made it likely.
    public mutating func learn(_ job: CompletedJob) {
        let bounds = job.bounds
        let eta = job.expectedAge.map { max($0.clamped(to: .zero ... .longest).seconds, DurationPrior.shortestETA) }
        let foretoldByAges = Self.learn(bounds, in: &ages, unit: 1, eta: eta)
        guard let eta else { return }
        let foretoldByRatios = Self.learn(bounds, in: &ratios, unit: eta, eta: eta)
        let sum =
            advantageOfETA * (1 - 1 / Self.memoryOfAdvantage) + naturalLogarithm(foretoldByRatios / foretoldByAges)
        advantageOfETA = min(max(sum, -Self.greatestAdvantage), Self.greatestAdvantage)
    }

    /// Adds a job to a table, and returns the probability that it had been given.
    ///
    /// - Parameters:
    ///   - bounds: Between which ages the job ended, in seconds.
    ///   - unit: What the table counts in, in seconds.
    private static func learn(
        _ bounds: ClosedRange<Double>,
        in table: inout LogarithmicTable,
        unit: Double,
        eta: Double?
    ) -> Double {
        let grid = table.grid
        let prior = eta == nil ? DurationPrior.ages : DurationPrior.ratios
        let share = 1 / (DurationPrior.weight + table.total)
        func probability(below place: Double, age: Double) -> Double {
            let expected = DurationPrior.weight * prior.mass(below: prior.grid.place(of: age / (eta ?? 1)))
            return share * (table.isEmpty ? expected : expected + table.mass(below: place))
        }

        // A job beyond the table's end counts for its last cell.
        let lower = min(grid.place(of: bounds.lowerBound / unit), Double(grid.cells) - 0.01)
        let upper = max(grid.place(of: bounds.upperBound / unit), lower + 0.01)
        let cells = Int(lower)...min(Int(upper), grid.cells - 1)
        var masses: [Double] = []
        masses.reserveCapacity(cells.count)
        var place = lower
        var before = probability(below: lower, age: bounds.lowerBound)
        for cell in cells {
            let isLast = cell == cells.upperBound
            let next = isLast ? upper : Double(cell + 1)
            let after = probability(below: next, age: isLast ? bounds.upperBound : grid.edge(cell + 1) * unit)
            // Where only the impossible is left, one place is as likely as another.
            masses.append(max(after - before, 1e-9 * (next - place)))
            place = next
            before = after
        }
        table.fade(by: 1 - 1 / memory, adding: masses, from: cells.lowerBound, blurredBy: blur(of: table))
        return masses.reduce(0, +)
    }

    /// The half-width of the triangular kernel that spreads a job over neighbouring cells, in cells.
    ///
    /// The first job counts for a doubling to either side, since it tells the scale of the endpoint's durations but not
    /// their spread. Further jobs bound the kernel by the width of the middle half of what was learned, and narrow it by the
    /// cube root of their number, as is best for a distribution function (Azzalini, *A Note on the Estimation of a Distribution
    /// Function and Quantiles by a Kernel Method*, Biometrika 68, 1981).
    private static func blur(of table: LogarithmicTable) -> Int {
        let widest = Double(LogarithmicTable.Grid.resolution)
        let spread = table.total > 1 ? min(table.middleHalf, widest) : widest
        return Int((spread * power(table.total + 1, -1.0 / 3)).rounded())
    }
}
