import Measuring

/// A client whose requests are calls of an asynchronous function, each of as many tasks as there are requests in flight.
struct TaskClient: LoadClient {
    /// Polls one job, and checks the response.
    let poll: @Sendable (Int64) async throws -> Void

    func sample(_ step: LoadStep) async throws -> LoadSample {
        let usage = Usage()
        let end = ContinuousClock.now + .seconds(step.seconds)
        let latencies = try await withThrowingTaskGroup { group in
            for lane in 0..<step.inFlight {
                group.addTask { try await self.latencies(lane: lane, of: step.inFlight, until: end) }
            }
            var lanes: [[Double]] = []
            for try await lane in group { lanes.append(lane) }
            return lanes
        }
        let spent = usage.spent
        return LoadSample(latencies: latencies.flatMap { $0 }, spent: spent)
    }

    private func latencies(lane: Int, of lanes: Int, until end: ContinuousClock.Instant) async throws -> [Double] {
        var latencies: [Double] = []
        var job = Self.firstJob + Int64(lane)
        var now = ContinuousClock.now
        while now < end {
            try await poll(job)
            job += Int64(lanes)
            let start = now
            now = ContinuousClock.now
            latencies.append((now - start) / .microseconds(1))
        }
        return latencies
    }
}
