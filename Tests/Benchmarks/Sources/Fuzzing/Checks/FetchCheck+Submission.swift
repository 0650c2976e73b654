import FetchCore

extension FetchCheck {
    /// Reads the first response as that to a submission: it yields a job that can be polled, an end, or an error.
    ///
    /// - Throws: ``Violation``.
    func readSubmission() async throws {
        guard case .response(let response)? = input.responses.first else { return }
        let transport = ScriptedResponses(input.responses)
        let registry: EndpointRegistry
        do {
            registry = try EndpointRegistry(Plugin(endpoints: [input.endpoint]))
        } catch {
            return
        }
        let result = await Self.caught {
            try await client(registry, transport).submittedJob(in: response, of: input.endpoint.name)
        }
        try Violation.unless(transport.requests.isEmpty, "reading a submission sends a request")
        switch result {
        case .success(.queued(let job)):
            do throws(FetchError) {
                try registry.validate(job.job)
            } catch {
                throw Violation("a submission yields a job that can't be polled: \(error)")
            }
            try Violation.unless((200..<300).contains(response.status), "HTTP \(response.status) yields a job")
        case .success(.succeeded(let output)): try checkPromises(in: output.outputArtifacts)
        case .success(.failed(let failure)): _ = failure.description
        case .failure(let error as FetchError):
            try Invariants.check(error)
            if input.isSearched { try search(error, output: nil) }
        case .failure(let error): throw Violation("reading a submission threw \(type(of: error)): \(error)")
        }
    }
}
