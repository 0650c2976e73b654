import Measuring

/// A client with an asynchronous function for each request and a task for each request in flight.
struct TaskClient: LoadClient {
    /// Polls one job and checks the response.
    let poll: @Sendable (Int64) async throws -> Void

    func sample(_ step: LoadStep) async throws -> LoadSample {
        let usage = Usage()
        let end = ContinuousClock.now + .seconds(step.seconds)
        let latencies = try await withThrowingTaskGroup { group in
            for worker in 0..<step.inFlight {
                group.addTask { try await self.latencies(worker: worker, of: step.inFlight, until: end) }
            }
            var workers: [[Double]] = []
            for try await worker in group { workers.append(worker) }
            return workers
        }
        let spent = usage.spent
        return LoadSample(latencies: latencies.flatMap { $0 }, spent: spent)
    }

    private func latencies(worker: Int, of workers: Int, until end: ContinuousClock.Instant) async throws -> [Double] {
        var latencies: [Double] = []
        var job = Self.firstJob + Int64(worker)
        var now = ContinuousClock.now
        while now < end {
            try await poll(job)
            job += Int64(workers)
            let start = now
            now = ContinuousClock.now
            latencies.append((now - start) / .microseconds(1))
        }
        return latencies
    }
}
