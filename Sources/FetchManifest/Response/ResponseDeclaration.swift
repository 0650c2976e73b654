import FetchCore

/// The part of a manifest that maps a response to the first request to the state of the job.
struct ResponseDeclaration: Sendable {
    let status: StatusRules
    let progress: NumberDeclaration?
    let eta: NumberDeclaration?
    let retryAfter: NumberDeclaration?
    let details: [String: ValuePaths]
    let result: Result

    /// The source of a finished job's output: this response, or one more request.
    enum Result: Sendable {
        case outputs([OutputDeclaration])
        case followUp(FollowUpDeclaration)
    }

    func answer(from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let response = ParsedResponse(response)
        let decision = try status.decision(for: response)
        let retryAfter = retryAfter?.duration(in: response)
        switch decision.meaning {
        case .pending: return .pending(progress(in: response, message: decision.message(in: response), retryAfter))
        case .succeeded:
            switch result {
            case .outputs(let outputs): return .succeeded(try outputs.artifacts(in: response))
            case .followUp(let followUp): return .followUp(try followUp.request(after: response))
            }
        default: return try decision.failure(in: response, retryAfter: retryAfter)
        }
    }

    private func progress(
        in response: ParsedResponse,
        message: String?,
        _ retryAfter: Duration?
    ) -> JobProgress {
        JobProgress(
            eta: eta?.duration(in: response),
            retryAfter: retryAfter,
            fraction: progress?.value(in: response),
            message: message,
            details: details.compactMapValues { try? $0.value(in: response) }
        )
    }
}

extension StatusRules.Decision {
    /// The provider's message. Without one, the status that no rule lists, since the manifest may misspell it.
    func message(in response: ParsedResponse) -> String? {
        rule.message?.text(in: response)
            ?? unknownStatus.map { "\(Excerpt($0)) (a status that the manifest doesn't list)" }
    }

    /// Returns the failure of a job that ended without a result.
    ///
    /// - Returns: The failed state.
    /// - Throws: ``FetchError`` if the response is an error of the request and says nothing about the job.
    func failure(
        in response: ParsedResponse,
        retryAfter: Duration? = nil
    ) throws(FetchError) -> FetchAnswer<[Artifact]> {
        let message = message(in: response)
        guard let reason = meaning.failure else {
            throw meaning.error(response, message: message, retryAfter: retryAfter)
        }
        return .failed(JobFailure(reason, message: message, code: rule.code?.text(in: response)))
    }
}

extension [OutputDeclaration] {
    func artifacts(in response: ParsedResponse) throws(FetchError) -> [Artifact] {
        var artifacts: [Artifact] = []
        for output in self {
            // Skips artifacts that an earlier entry of the manifest has already yielded.
            let candidates = try output.artifacts(in: response)
            let known = Set(artifacts)
            artifacts += known.isEmpty ? candidates : candidates.filter { !known.contains($0) }
        }
        return artifacts
    }
}
