// Learning from a job of which only the interval is known in which it completed.
extension LogarithmicTable {
    /// Adds a job to the table.
    ///
    /// - Parameters:
    ///   - bounds: The ages between which the job completed, in seconds.
    ///   - unit: The unit of the table, in seconds.
    ///   - eta: The age at which the job was expected to complete, in seconds. `nil` if there was no ETA.
    /// - Returns: The probability of the interval according to the prediction before the job was added.
    mutating func learn(_ bounds: ClosedRange<Double>, unit: Double, eta: Double?) -> Double {
        let prior = eta == nil ? DurationPrior.ages : DurationPrior.ratios
        let share = 1 / (DurationPrior.weight + total)
        func probability(below position: Double, age: Double) -> Double {
            let expected = DurationPrior.weight * prior.mass(below: prior.grid.position(of: age / (eta ?? 1)))
            return share * (isEmpty ? expected : expected + mass(below: position))
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
        decay(by: 1 - 1 / JobDurations.memory, adding: masses, from: cells.lowerBound, bandwidth: bandwidth)
        return masses.reduce(0, +)
    }

    /// The half-width of the triangular kernel that smooths the weight of a job, in cells.
    ///
    /// The kernel of the first job spans a doubling to either side, since one job determines the scale of the durations
    /// but not their spread. For further jobs the interquartile range bounds the kernel, and its width falls with the
    /// cube root of the number of jobs, which is optimal for a distribution function (Azzalini, *A Note on the
    /// Estimation of a Distribution Function and Quantiles by a Kernel Method*, Biometrika 68, 1981).
    private var bandwidth: Int {
        let maximum = Double(Grid.resolution)
        let spread = total > 1 ? min(interquartileRange, maximum) : maximum
        return Int((spread * power(total + 1, -1.0 / 3)).rounded())
    }
}
