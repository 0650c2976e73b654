import Measuring

/// So many requests, so many of them at once.
struct Load: Sendable {
    var requests: Int
    var inFlight: Int

    /// Microseconds per request, on the wall and on the processors of this process.
    struct Cost: Sendable {
        var wall: Double
        var cpu: Double
    }

    func cost(of ask: @escaping @Sendable (Int) async throws -> Void) async throws -> Cost {
        let usage = Usage()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<inFlight {
                group.addTask {
                    for id in stride(from: lane, to: requests, by: inFlight) { try await ask(id + 90_000_000) }
                }
            }
            try await group.waitForAll()
        }
        let spent = usage.spent
        let scale = 1e6 / Double(requests)
        return Cost(wall: spent.wall * scale, cpu: spent.cpu * scale)
    }
}
