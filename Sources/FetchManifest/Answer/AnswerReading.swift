import FetchCore

/// What the answer to the first request means.
struct AnswerReading: Sendable {
    let status: Status
    let progress: NumberReading?
    let eta: NumberReading?
    let retryAfter: NumberReading?
    let details: [String: Places]
    let result: Result

    /// Where a finished job's output is.
    enum Result: Sendable {
        case outputs([OutputReading])
        case followUp(FollowUpReading)
    }

    func answer(from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
        let answer = Answer(response)
        let verdict = try status.verdict(on: answer)
        let retryAfter = retryAfter?.duration(in: answer)
        switch verdict.meaning {
        case .pending: return .pending(progress(of: answer, said: verdict.words(in: answer), retryAfter))
        case .succeeded:
            switch result {
            case .outputs(let outputs): return .succeeded(try outputs.artifacts(in: answer))
            case .followUp(let followUp): return .followUp(try followUp.request(after: answer))
            }
        default: return try verdict.ending(answer, retryAfter: retryAfter)
        }
    }

    private func progress(of answer: Answer, said message: String?, _ retryAfter: Duration?) -> JobProgress {
        JobProgress(
            eta: eta?.duration(in: answer),
            retryAfter: retryAfter,
            fraction: progress?.value(in: answer),
            message: message,
            details: details.compactMapValues { try? $0.value(in: answer) }
        )
    }
}

extension Status.Verdict {
    /// The provider's own words; without any, the word that no list has, since it may be a misspelt one.
    func words(in answer: Answer) -> String? {
        reading.message?.text(in: answer)
            ?? unknownWord.map { "\(Excerpt($0)) (a word that the manifest doesn't list)" }
    }

    /// The answer of a job that ended without a result, or the error of a fetch that failed.
    func ending(_ answer: Answer, retryAfter: Duration? = nil) throws(FetchError) -> FetchAnswer<[Artifact]> {
        let words = words(in: answer)
        guard let reason = meaning.failure else {
            throw meaning.error(answer, said: words, retryAfter: retryAfter)
        }
        return .failed(JobFailure(reason, message: words, code: reading.code?.text(in: answer)))
    }
}

extension [OutputReading] {
    func artifacts(in answer: Answer) throws(FetchError) -> [Artifact] {
        var artifacts: [Artifact] = []
        for reading in self {
            // What an entry of the manifest has named isn't repeated by one that says "each".
            let further = try reading.artifacts(in: answer)
            let known = Set(artifacts)
            artifacts += known.isEmpty ? further : further.filter { !known.contains($0) }
        }
        return artifacts
    }
}
