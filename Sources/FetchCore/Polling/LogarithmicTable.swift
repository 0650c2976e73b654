/// A distribution over positive numbers of unknown scale: how much mass lies below each of some edges.
///
/// Each doubling is cut into eight cells of equal width, so that a number's cell is read off its binary form, without a
/// logarithm. Within a cell the mass is spread evenly.
struct LogarithmicTable: Sendable, Hashable {
    let grid: Grid

    /// The mass below each edge, never falling; empty where there is none at all.
    private(set) var below: [Float]

    /// Creates a table without mass.
    init(_ grid: Grid) {
        self.grid = grid
        below = []
    }

    /// Creates a table from a distribution function; what lies below the lowest edge is left out.
    init(_ grid: Grid, distribution: (Double) -> Double) {
        self.grid = grid
        let lowest = distribution(grid.edge(0))
        below = (0...grid.cells).map { Float((distribution(grid.edge($0)) - lowest) / (1 - lowest)) }
    }

    /// Creates a table from its edges, or nil where they are no distribution.
    init?(_ grid: Grid, below: [Float]) {
        guard below.count == grid.cells + 1, below[0] == 0, below.allSatisfy(\.isFinite) else { return nil }
        guard zip(below, below.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
        self.grid = grid
        self.below = below
    }

    /// Whether there is no mass at all.
    var isEmpty: Bool { below.isEmpty }

    /// The mass in all.
    var total: Double { Double(below.last ?? 0) }

    /// The mass below a place on the table, which has some.
    @inline(__always)
    func mass(below place: Double) -> Double {
        let cell = min(Int(place), grid.cells - 1)
        let lower = below[cell]
        return Double(lower) + (place - Double(cell)) * Double(below[cell + 1] - lower)
    }

    /// The width, in cells, of the middle half of the mass.
    var middleHalf: Double { place(ofShare: 0.75) - place(ofShare: 0.25) }

    private func place(ofShare share: Float) -> Double {
        let mass = share * (below.last ?? 0)
        guard let edge = below.firstIndex(where: { $0 > mass }), edge > 0 else { return 0 }
        return Double(edge) - Double((below[edge] - mass) / (below[edge] - below[edge - 1]))
    }

    /// Fades all mass by a factor and adds one.
    ///
    /// - Parameters:
    ///   - masses: How what is added is divided among cells, to any scale.
    ///   - first: The cell of the first mass.
    ///   - width: How many cells to either side a mass counts for too, the less the farther.
    mutating func fade(by factor: Double, adding masses: [Double], from first: Int, blurredBy width: Int) {
        if isEmpty { below = Array(repeating: 0, count: grid.cells + 1) }
        var added = [Float](repeating: 0, count: grid.cells)
        let scale = 1 / (masses.reduce(0, +) * Double((width + 1) * (width + 1)))
        for (cell, mass) in zip(first..., masses) {
            for distance in -width...width {
                let target = min(max(cell + distance, 0), grid.cells - 1)
                added[target] += Float(mass * scale * Double(width + 1 - abs(distance)))
            }
        }
        // Edges keep their order: multiplying and adding round alike on all of them.
        var sum: Float = 0
        for cell in 0..<grid.cells {
            sum += added[cell]
            below[cell + 1] = below[cell + 1] * Float(factor) + sum
        }
    }
}

extension LogarithmicTable {
    /// Where a table begins and how far it reaches.
    struct Grid: Sendable, Hashable {
        /// The lowest edge is this power of two.
        let lowest: Int

        /// How many doublings the table covers.
        let doublings: Int

        /// The cells to a doubling.
        static let resolution = 8

        /// The number of cells.
        var cells: Int { doublings * Self.resolution }

        /// The highest edge.
        var highest: Double { edge(cells) }

        /// An edge's number.
        func edge(_ index: Int) -> Double {
            let (doubling, cell) = index.quotientAndRemainder(dividingBy: Self.resolution)
            return power(2, Double(lowest + doubling)) * (1 + Double(cell) / Double(Self.resolution))
        }

        /// The place of a positive number, counted in cells from the lowest edge and kept on the table.
        ///
        /// The bits of a binary fraction, read as an integer, rise by 2⁵² with each doubling, and evenly between.
        @inline(__always)
        func place(of number: Double) -> Double {
            let doublings = Double(Int64(bitPattern: number.bitPattern)) * 0x1p-52 - Double(1_023 + lowest)
            return min(max(doublings * Double(Self.resolution), 0), Double(cells))
        }
    }
}
