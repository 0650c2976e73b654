#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// One more request for the output, and what its answer means.
struct FollowUpReading: Sendable {
    enum Field: String, CaseIterable {
        case path, values, url, key, headers, status, outputs
    }

    /// Where it goes.
    enum Target: Sendable {
        /// A path template, and where its further values stand.
        case path(PathTemplate, [String: Places])
        case url(Places)
    }

    let target: Target
    let authorization: Authorization?
    let headers: HeaderFields
    /// Nil where every success is the output.
    let status: Status?
    let outputs: [OutputReading]

    /// The request that an answer leads to.
    func request(after answer: Answer) throws(FetchError) -> FollowUp<[Artifact]> {
        FollowUp(try place(in: answer), authorization: authorization, headers: headers) { response in
            let answer = Answer(response)
            guard let status else {
                try response.requireSuccess()
                return .succeeded(try outputs.artifacts(in: answer))
            }
            let verdict = try status.verdict(on: answer)
            return switch verdict.meaning {
            case .pending: .pending(JobProgress(message: verdict.words(in: answer)))
            case .succeeded: .succeeded(try outputs.artifacts(in: answer))
            default: try verdict.ending(answer)
            }
        }
    }

    private func place(in answer: Answer) throws(FetchError) -> FollowUpPlace {
        switch target {
        case .path(let path, let places):
            var values: [String: String] = [:]
            for (name, places) in places {
                // A number with a point, or one too large for 64 bits, isn't the one that the provider wrote.
                guard let word = try places.value(in: answer)?.wholeWord else {
                    throw answer.malformedResponseError("the job is done, and the answer has no \(places.text)")
                }
                values[name] = word
            }
            return .path(path, values)
        case .url(let places):
            guard let text = try places.value(in: answer)?.string, let url = URL(string: text) else {
                throw answer.malformedResponseError("the job is done, and the answer has no URL at \(places.text)")
            }
            return .url(url)
        }
    }
}
