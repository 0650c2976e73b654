import FetchCore

/// The part of a manifest that maps a response to the first request to the state of the job.
struct ResponseDeclaration: Sendable {
    let status: StatusRules
    let progress: NumberDeclaration?
    let eta: NumberDeclaration?
    let retryAfter: NumberDeclaration?
    let details: [String: ValuePaths]
    /// The outputs that the response itself contains. Empty if each output takes another request.
    let outputs: [OutputDeclaration]
    /// The outputs of a job that has ended without a result, each of which may be absent.
    let failureOutputs: [OutputDeclaration]
    /// The requests for the output. The first one whose conditions hold is sent. Without one, ``outputs`` apply.
    let followUps: [FollowUpDeclaration]

    func answer(from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        try response.answer(hint: retryAfter, reading: answer)
    }

    private func answer(
        from response: ParsedResponse,
        _ retryAfter: Duration?
    ) throws(FetchError) -> FetchAnswer<[Artifact]> {
        let decision = try status.decision(for: response)
        switch decision.meaning {
        case .pending: return .pending(progress(in: response, message: decision.message(in: response), retryAfter))
        case .succeeded:
            for followUp in followUps where try followUp.when.holds(for: response) {
                return .followUp(try followUp.request(after: response, retryAfter: self.retryAfter))
            }
            guard !outputs.isEmpty else {
                throw response.malformedResponseError("the job is done, but the conditions of no followUp hold")
            }
            return .succeeded(try outputs.artifacts(in: response))
        default:
            guard case .failed(var failure) = try decision.failure(in: response) else { return .pending }
            failure.artifacts = failureOutputs.flatMap { $0.artifactsOfFailure(in: response) }
            return .failed(failure)
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

extension FetchResponse {
    /// Reads the response with the hint that it has for the time of the next request. The hint also applies to an
    /// error, such as that of a response which no rule maps.
    func answer(
        hint: NumberDeclaration?,
        reading read: (ParsedResponse, Duration?) throws(FetchError) -> FetchAnswer<[Artifact]>
    ) throws(FetchError) -> FetchAnswer<[Artifact]> {
        let response = ParsedResponse(self)
        let retryAfter = hint?.duration(in: response)
        do throws(FetchError) {
            return try read(response, retryAfter)
        } catch {
            var error = error
            error.retryAfter = error.retryAfter ?? retryAfter
            throw error
        }
    }
}

extension [OutputDeclaration] {
    /// Returns the artifacts of the entries whose conditions hold.
    func artifacts(in response: ParsedResponse) throws(FetchError) -> [Artifact] {
        var artifacts: [Artifact] = []
        var applies = false
        for output in self where try output.when.holds(for: response) {
            applies = true
            // Skips artifacts that an earlier entry of the manifest has already yielded.
            let candidates = try output.artifacts(in: response)
            let known = Set(artifacts)
            artifacts += known.isEmpty ? candidates : candidates.filter { !known.contains($0) }
        }
        guard applies else {
            throw response.malformedResponseError("the job is done, but the conditions of no output hold")
        }
        return artifacts
    }
}
