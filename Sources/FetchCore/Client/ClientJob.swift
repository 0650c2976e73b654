/// A job of a client, by name or by type, with all that saving its outputs as files needs.
package struct ClientJob: Sendable {
    /// The reference of the job.
    package let reference: JobReference
    private let client: FetchClient
    private let handle: EndpointHandle

    fileprivate init(_ client: FetchClient, _ handle: EndpointHandle, id: String) {
        self.client = client
        self.handle = handle
        reference = handle.job(id)
    }

    /// The clocks and random numbers of the client.
    package var environment: FetchClient.Environment { client.environment }

    /// Returns the job's states as they come; see ``FetchClient/updates(_:submitted:policy:)``.
    package func updates(_ submitted: Submission?, _ policy: PollingPolicy?) -> FetchUpdates<any FetchOutput> {
        client.updates(of: .success(handle), named: handle.name, reference.id, submitted, policy)
    }

    /// Waits until the job is done; see ``FetchClient/result(_:submitted:policy:)``.
    package func result(_ policy: PollingPolicy?) async throws -> any FetchOutput {
        try await client.output(of: handle, reference.id, nil, policy)
    }

    /// Returns the request for a file of the job with the provider's key, if the file is on the provider's own servers,
    /// and unchanged otherwise.
    ///
    /// - Parameter request: The request without the key.
    /// - Returns: The complete request.
    /// - Throws: ``FetchError``; `CancellationError`.
    package func authorized(_ request: FetchRequest) async throws -> FetchRequest {
        try await client.pipeline.authorized(request, handle.form, for: handle.account)
    }

    /// Returns an error about a file of the job, with the job and without the keys of its provider.
    package func error(_ error: FetchError) -> FetchError {
        var known = redaction.apply(to: error)
        known.hasJobEnded = error.hasJobEnded
        return known.about(handle.accountJob(reference.id))
    }

    /// Returns true if a string contains a key of the job's provider, plain or encoded.
    package func containsKey(_ text: String) -> Bool { redaction.matches(text) }

    private var redaction: KeyRedaction {
        handle.account.keys.knownKeys.redaction(sending: nil, to: handle.provider)
    }
}

extension FetchClient {
    /// Returns a job by name.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unknownEndpoint`` or ``FetchError/Code/invalidID``.
    package func clientJob(_ job: JobReference) throws(FetchError) -> ClientJob {
        ClientJob(self, try handle(for: job).get(), id: job.id)
    }

    /// Returns a job by type. The endpoint needn't be registered.
    package func clientJob<Endpoint: FetchEndpoint>(_ endpoint: Endpoint, id: Endpoint.ID) -> ClientJob {
        ClientJob(self, scheduler.handle(for: endpoint, account, pipeline), id: id.description)
    }
}
