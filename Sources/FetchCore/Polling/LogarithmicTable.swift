/// A cumulative histogram of positive numbers with logarithmic cells.
///
/// Each doubling is divided into eight cells of equal width, so that the cell of a number follows from its binary
/// representation without a logarithm. The mass is uniform within a cell.
struct LogarithmicTable: Sendable, Hashable {
    let grid: Grid

    /// The cumulative mass below each edge, in ascending order. Empty if there is no mass.
    private(set) var below: [Float]

    /// Creates a table without mass.
    init(_ grid: Grid) {
        self.grid = grid
        below = []
    }

    /// Creates a table from a cumulative distribution function. The mass below the lowest edge is omitted.
    init(_ grid: Grid, distribution: (Double) -> Double) {
        self.grid = grid
        let lowest = distribution(grid.edge(0))
        below = (0...grid.cells).map { Float((distribution(grid.edge($0)) - lowest) / (1 - lowest)) }
    }

    /// Creates a table from the mass below each edge, or `nil` if the values are infinite or not in ascending order.
    init?(_ grid: Grid, below: [Float]) {
        guard below.count == grid.cells + 1, below[0] == 0, below.allSatisfy(\.isFinite) else { return nil }
        guard zip(below, below.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
        self.grid = grid
        self.below = below
    }

    /// True if there is no mass.
    var isEmpty: Bool { below.isEmpty }

    /// The total mass.
    var total: Double { Double(below.last ?? 0) }

    /// Returns the mass below a position on the grid. The table must not be empty.
    @inline(__always)
    func mass(below position: Double) -> Double {
        let cell = min(Int(position), grid.cells - 1)
        let lower = below[cell]
        return Double(lower) + (position - Double(cell)) * Double(below[cell + 1] - lower)
    }

    /// The interquartile range of the distribution, in cells.
    var interquartileRange: Double { quantile(0.75) - quantile(0.25) }

    private func quantile(_ probability: Float) -> Double {
        let mass = probability * (below.last ?? 0)
        guard let edge = below.firstIndex(where: { $0 > mass }), edge > 0 else { return 0 }
        return Double(edge) - Double((below[edge] - mass) / (below[edge] - below[edge - 1]))
    }

    /// Multiplies all mass by a factor, and adds a total mass of one.
    ///
    /// - Parameters:
    ///   - factor: The decay of the existing mass, from 0 to 1.
    ///   - masses: The distribution of the added mass among cells. It is normalized.
    ///   - first: The cell of the first mass.
    ///   - width: The half-width of the triangular kernel that smooths the added mass, in cells.
    mutating func decay(by factor: Double, adding masses: [Double], from first: Int, bandwidth width: Int) {
        if isEmpty { below = Array(repeating: 0, count: grid.cells + 1) }
        var added = [Float](repeating: 0, count: grid.cells)
        let scale = 1 / (masses.reduce(0, +) * Double((width + 1) * (width + 1)))
        for (cell, mass) in zip(first..., masses) {
            for distance in -width...width {
                let target = min(max(cell + distance, 0), grid.cells - 1)
                added[target] += Float(mass * scale * Double(width + 1 - abs(distance)))
            }
        }
        // The edges stay in ascending order, since rounding is monotonic.
        var sum: Float = 0
        for cell in 0..<grid.cells {
            sum += added[cell]
            below[cell + 1] = below[cell + 1] * Float(factor) + sum
        }
    }
}

extension LogarithmicTable {
    /// The range and resolution of a table.
    struct Grid: Sendable, Hashable {
        /// The exponent of the lowest edge, which is a power of two.
        let lowest: Int

        /// The number of doublings from the lowest to the highest edge.
        let doublings: Int

        /// The number of cells per doubling.
        static let resolution = 8

        /// The total number of cells.
        var cells: Int { doublings * Self.resolution }

        /// The value of the highest edge.
        var highest: Double { edge(cells) }

        /// Returns the value of an edge.
        func edge(_ index: Int) -> Double {
            let (doubling, cell) = index.quotientAndRemainder(dividingBy: Self.resolution)
            return power(2, Double(lowest + doubling)) * (1 + Double(cell) / Double(Self.resolution))
        }

        /// Returns the position of a positive number in cells from the lowest edge, clamped to the grid.
        ///
        /// The bit pattern of a `Double`, read as an integer, increases by 2⁵² with each doubling and linearly in
        /// between.
        @inline(__always)
        func position(of number: Double) -> Double {
            let doublings = Double(Int64(bitPattern: number.bitPattern)) * 0x1p-52 - Double(1_023 + lowest)
            return min(max(doublings * Double(Self.resolution), 0), Double(cells))
        }
    }
}
