/// A client under load.
protocol LoadClient {
    /// Keeps as many requests under way as the step says, each followed by the next, until the time is over.
    ///
    /// - Throws: The error of the first request that fails.
    func sample(_ step: LoadStep) async throws -> LoadSample
}

extension LoadClient {
    /// The first job of a step. Each request of a step is for another job.
    static var firstJob: Int64 { 90_000_000 }
}
