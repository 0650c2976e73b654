/// A client whose performance is measured.
protocol LoadClient {
    /// Keeps a number of requests in flight until the step's time is over, and waits for their responses.
    ///
    /// - Parameter step: The load.
    /// - Returns: The measurements.
    /// - Throws: The error of the first request that fails.
    func sample(_ step: LoadStep) async throws -> LoadSample
}

extension LoadClient {
    /// The id of the first job in a step. Each request of a step polls another job.
    static var firstJob: Int64 { 90_000_000 }
}
