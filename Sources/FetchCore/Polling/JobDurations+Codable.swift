#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

// The encoded form is a version, and each histogram as the bytes of its edges without redundant ones. Decoding restores
// exactly the encoded value.
extension JobDurations: Codable {
    private static let version = 1

    private enum CodingKeys: String, CodingKey {
        case version, ages, ratios, advantageOfETA
    }

    /// Decodes stored statistics.
    ///
    /// - Parameter decoder: A decoder at the position of the statistics.
    /// - Throws: `DecodingError` for an unknown version, and for values that no jobs can produce: edges out of order,
    ///   an excessive weight, or infinities.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let version = try container.decode(Int.self, forKey: .version)
        guard version == Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version,
                in: container,
                debugDescription: "unsupported version \(version) of job durations, expected \(Self.version)"
            )
        }
        let advantage = try container.decode(Double.self, forKey: .advantageOfETA)
        guard abs(advantage) <= Self.greatestAdvantage else {
            throw DecodingError.dataCorruptedError(
                forKey: .advantageOfETA,
                in: container,
                debugDescription: "invalid job durations"
            )
        }
        func table(_ grid: LogarithmicTable.Grid, forKey key: CodingKeys) throws -> LogarithmicTable {
            let bytes = try container.decode(Data.self, forKey: key)
            guard let table = LogarithmicTable(grid, bytes: Array(bytes)), table.total <= Self.memory * 1.001 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: container,
                    debugDescription: "invalid job durations"
                )
            }
            return table
        }
        self.init(
            ages: try table(Self.ageGrid, forKey: .ages),
            ratios: try table(Self.ratioGrid, forKey: .ratios),
            advantageOfETA: advantage
        )
    }

    /// Encodes the statistics, in JSON as an object of at most 2 kB.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(Data(ages.bytes), forKey: .ages)
        try container.encode(Data(ratios.bytes), forKey: .ratios)
        try container.encode(advantageOfETA, forKey: .advantageOfETA)
    }
}

extension LogarithmicTable {
    /// The number of leading edges without mass, followed by the values of the further edges up to the first with the
    /// total mass. Each takes four bytes in little-endian order.
    fileprivate var bytes: [UInt8] {
        guard let last = below.last, last > 0 else { return [] }
        let empty = below.prefix { $0 == 0 }.count
        let rest = below[empty...].prefix { $0 < last } + [last]
        var bytes: [UInt8] = []
        for word in [UInt32(empty)] + rest.map(\.bitPattern) {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    /// Creates a table from its bytes, or `nil` if they are invalid.
    fileprivate init?(_ grid: Grid, bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self.init(grid)
            return
        }
        guard bytes.count % 4 == 0, bytes.count <= 4 * (grid.cells + 1) else { return nil }
        var words: [UInt32] = []
        for start in stride(from: 0, to: bytes.count, by: 4) {
            var word: UInt32 = 0
            for byte in bytes[start..<start + 4].reversed() { word = word << 8 | UInt32(byte) }
            words.append(word)
        }
        let rest = words.dropFirst().map { Float(bitPattern: $0) }
        let maximumEmpty = grid.cells + 1 - rest.count
        guard let last = rest.last, last > 0, words[0] >= 1, words[0] <= UInt32(maximumEmpty) else { return nil }
        var edges = [Float](repeating: 0, count: Int(words[0]))
        edges += rest
        edges += [Float](repeating: last, count: grid.cells + 1 - edges.count)
        self.init(grid, below: edges)
    }
}
