extension EndpointRegistry {
    /// Throws if a job can't be polled, without sending a request.
    ///
    /// A ``JobReference`` is always well formed, but only the registry knows whether its endpoint exists and whether
    /// its id has the type of that endpoint. Call this function for references from outside, to refuse them before a
    /// key is looked up. Polling such a job throws the same error.
    ///
    /// - Parameter job: The reference to check.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unknownEndpoint`` or ``FetchError/Code/invalidID``.
    public func validate(_ job: JobReference) throws(FetchError) {
        do throws(FetchError) {
            try Self.validate(job.id, for: endpoint(named: job.endpoint))
        } catch {
            throw error.about(endpoint: job.endpoint, id: job.id)
        }
    }

    /// Parses a job reference and checks that the job can be polled.
    ///
    /// - Parameter text: A string of the form `endpoint:id`.
    /// - Returns: A reference for which ``validate(_:)`` doesn't throw.
    /// - Throws: The errors of ``JobReference/init(_:)`` and ``validate(_:)``. If the endpoint is registered, an error
    ///   about the id says which ids the endpoint takes.
    public func job(_ text: String) throws(FetchError) -> JobReference {
        do throws(FetchError) {
            let job = try JobReference(text)
            try validate(job)
            return job
        } catch {
            guard error.code == .invalidID, let name = error.endpoint, let endpoint = try? endpoint(named: name) else {
                throw error
            }
            throw error.taking(Self.expectation(of: endpoint), by: name)
        }
    }

    private static func expectation<Endpoint: FetchEndpoint>(of endpoint: Endpoint) -> String {
        Endpoint.ID.jobIDExpectation
    }

    private static func validate<Endpoint: FetchEndpoint>(
        _ id: String,
        for endpoint: Endpoint
    ) throws(FetchError) {
        _ = try endpoint.idForm.values(of: Endpoint.ID(parsing: id, for: endpoint.name).description)
    }
}
