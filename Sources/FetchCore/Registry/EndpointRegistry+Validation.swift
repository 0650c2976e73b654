extension EndpointRegistry {
    /// Throws where a job can't be asked about, whatever a server would say.
    ///
    /// A ``JobReference`` is well formed in itself; only the registry knows whether there is such an endpoint and whether
    /// the id is of its type. Whoever takes references from outside learns it here, before a key is looked up or
    /// anything is sent. A wait finds the same, with the same error.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unknownEndpoint`` or ``FetchError/Code/invalidID``.
    public func validate(_ job: JobReference) throws(FetchError) {
        do throws(FetchError) {
            try Self.validate(job.id, for: endpoint(named: job.endpoint))
        } catch {
            throw error.about(endpoint: job.endpoint, id: job.id)
        }
    }

    /// Reads a job reference and makes sure that the job can be asked about.
    ///
    /// - Throws: What ``JobReference/init(_:)`` and ``validate(_:)`` throw. Where the endpoint is known, an error about the
    ///   id says what the endpoint takes.
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
