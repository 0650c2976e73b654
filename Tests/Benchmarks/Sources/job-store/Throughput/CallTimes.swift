import Measuring

/// The times of the calls of one function.
struct CallTimes: Sendable {
    private var seconds: [Double] = []

    /// Adds the time of a call, in seconds.
    mutating func add(_ time: Double) { seconds.append(time) }

    /// Measures a call.
    mutating func measure<Result>(_ call: () async throws -> Result) async rethrows -> Result {
        let usage = Usage()
        let result = try await call()
        add(usage.spent.wall)
        return result
    }

    /// Returns the time in seconds that a share of the calls didn't exceed.
    func quantile(_ share: Double) -> Double {
        let ordered = seconds.sorted()
        guard let last = ordered.last else { return 0 }
        return ordered.dropFirst(Int(Double(ordered.count) * share)).first ?? last
    }
}
