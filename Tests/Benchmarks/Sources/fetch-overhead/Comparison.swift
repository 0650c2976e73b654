import Measuring

/// The costs of FetchKit and of URLSession alone, in microseconds per request.
struct Comparison: Encodable {
    var benchmark = "fetch-overhead"
    var inFlight: Int
    var requests: Int
    var rounds: Int
    var bareWall: Double
    var kitWall: Double
    var bareCPU: Double
    var kitCPU: Double
    var wallRatio: Double
    var cpuRatio: Double

    static func measured(
        _ load: Load,
        rounds: Int,
        bare: @escaping @Sendable (Int) async throws -> Void,
        kit: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Self {
        // Opens connections and loads code before the measurement.
        _ = try await load.cost(of: bare)
        _ = try await load.cost(of: kit)
        var pairs: [(bare: Load.Cost, kit: Load.Cost)] = []
        for round in 0..<rounds {
            // The order alternates, since the first run can affect the second.
            if round.isMultiple(of: 2) {
                let first = try await load.cost(of: bare)
                pairs.append((first, try await load.cost(of: kit)))
            } else {
                let first = try await load.cost(of: kit)
                pairs.append((try await load.cost(of: bare), first))
            }
        }
        return Self(
            inFlight: load.inFlight,
            requests: load.requests,
            rounds: rounds,
            bareWall: pairs.map(\.bare.wall).median,
            kitWall: pairs.map(\.kit.wall).median,
            bareCPU: pairs.map(\.bare.cpu).median,
            kitCPU: pairs.map(\.kit.cpu).median,
            wallRatio: pairs.map { $0.kit.wall / $0.bare.wall }.median,
            cpuRatio: pairs.map { $0.kit.cpu / $0.bare.cpu }.median
        )
    }

    var line: String {
        let subject = Report.column("\(inFlight) in flight", 28)
        return subject + Report.column("wall \(bareWall.shown) → \(kitWall.shown) µs, × \(wallRatio.ratio)", 36)
            + "CPU \(bareCPU.shown) → \(kitCPU.shown) µs, × \(cpuRatio.ratio)"
    }
}
