// The parts of a client that saving its outputs as files needs.
extension FetchClient {
    /// The client's transport, if it can stream.
    package var streamingTransport: (any StreamingTransport)? { pipeline.streamingTransport }

    /// The clocks and random numbers of the client.
    package var environment: Environment {
        Environment(clock: scheduler.clock, wallClock: pipeline.wallClock, random: scheduler.random)
    }

    /// Returns the request for a file of a job with the provider's key, if the file is on the provider's own servers,
    /// and unchanged otherwise.
    ///
    /// - Parameters:
    ///   - request: The request without the key.
    ///   - job: The job.
    /// - Returns: The complete request.
    /// - Throws: ``FetchError``; `CancellationError`.
    package func authorized(_ request: FetchRequest, for job: JobReference) async throws -> FetchRequest {
        let handle = try handle(for: job).get()
        return try await pipeline.authorized(request, handle.form, for: handle.account)
    }

    /// Returns an error about a file of a job, with the job and without the keys of its provider.
    package func error(_ error: FetchError, about job: JobReference) -> FetchError {
        guard let handle = try? handle(for: job).get() else { return error }
        let redaction = handle.account.keys.knownKeys.redaction(sending: nil, to: handle.provider)
        var known = redaction.apply(to: error)
        known.hasJobEnded = error.hasJobEnded
        return known.about(handle.accountJob(job.id))
    }
}
