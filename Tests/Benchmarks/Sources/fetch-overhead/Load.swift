import Measuring

/// A number of requests with a given concurrency.
struct Load: Sendable {
    var requests: Int
    var inFlight: Int

    /// The elapsed time and the CPU time of this process, in microseconds per request.
    struct Cost: Sendable {
        var wall: Double
        var cpu: Double
    }

    func cost(of poll: @escaping @Sendable (Int) async throws -> Void) async throws -> Cost {
        let usage = Usage()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<inFlight {
                group.addTask {
                    for id in stride(from: worker, to: requests, by: inFlight) { try await poll(id + 90_000_000) }
                }
            }
            try await group.waitForAll()
        }
        let spent = usage.spent
        let scale = 1e6 / Double(requests)
        return Cost(wall: spent.wall * scale, cpu: spent.cpu * scale)
    }
}
