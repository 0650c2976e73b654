#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A further request for the output, and the mapping of its response.
struct FollowUpDeclaration: Sendable {
    enum Field: String, CaseIterable {
        case when, path, values, url, key, headers, status, outputs
    }

    /// The URL of the request.
    enum Target: Sendable {
        /// A path template, and the value paths of the placeholders that aren't part of the id.
        case path(PathTemplate, [String: ValuePaths])
        /// The value path of a complete URL.
        case url(ValuePaths)
    }

    /// The conditions on the first response. `nil` if the request is always sent.
    let when: When?
    let target: Target
    let authorization: FollowUpAuthorization
    let headers: HeaderFields
    /// The status rules. `nil` treats every 2xx response as the output.
    let status: StatusRules?
    let outputs: [OutputDeclaration]

    /// Returns the request that follows a response.
    ///
    /// - Parameters:
    ///   - response: The response to the poll.
    ///   - retryAfter: The hint of the manifest, which also applies to errors in the further response.
    /// - Returns: The request and the mapping of its response.
    /// - Throws: ``FetchError`` if the response lacks a value of the URL.
    func request(
        after response: ParsedResponse,
        retryAfter: NumberDeclaration?
    ) throws(FetchError) -> FollowUp<[Artifact]> {
        FollowUp(try target(in: response), authorization: authorization, headers: headers) { response in
            try response.answer(hint: retryAfter, reading: answer)
        }
    }

    private func answer(
        from response: ParsedResponse,
        _ retryAfter: Duration?
    ) throws(FetchError) -> FetchAnswer<[Artifact]> {
        guard let status else {
            try response.response.requireSuccess()
            return .succeeded(try outputs.artifacts(in: response))
        }
        let decision = try status.decision(for: response)
        return switch decision.meaning {
        case .pending: .pending(JobProgress(retryAfter: retryAfter, message: decision.message(in: response)))
        case .succeeded: .succeeded(try outputs.artifacts(in: response))
        default: try decision.failure(in: response)
        }
    }

    private func target(in response: ParsedResponse) throws(FetchError) -> FollowUpTarget {
        switch target {
        case .path(let path, let valuePaths):
            var values: [String: String] = [:]
            for (name, valuePath) in valuePaths {
                // Excludes fractional numbers and integers beyond 64 bits: parsing has lost digits of them.
                guard let text = try valuePath.value(in: response)?.exactText else {
                    throw response.malformedResponseError("the job is done, but the response has no \(valuePath.text)")
                }
                values[name] = text
            }
            return .path(path, values)
        case .url(let valuePath):
            guard let text = try valuePath.value(in: response)?.string, let url = URL(string: text) else {
                throw response.malformedResponseError(
                    "the job is done, but the response has no URL at \(valuePath.text)"
                )
            }
            return .url(url)
        }
    }
}
