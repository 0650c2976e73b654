import FetchCore

extension StatusRules.Decision {
    /// The provider's message, after a status that no rule lists, since the manifest may misspell it.
    func message(in response: ParsedResponse) -> String? {
        let text = rule.message?.text(in: response)
        guard meaning == .pending, let unlistedStatus else { return text }
        let unlisted = "\(Excerpt(unlistedStatus)) (a status that the manifest doesn't list)"
        return text.flatMap { $0 == unlistedStatus ? nil : "\(unlisted): \($0)" } ?? unlisted
    }

    /// Returns the failure of a job that ended without a result.
    ///
    /// - Returns: The failed state.
    /// - Throws: ``FetchError`` if the response is an error of the request and says nothing about the job.
    func failure(in response: ParsedResponse) throws(FetchError) -> FetchAnswer<[Artifact]> {
        let (message, code) = (rule.message?.text(in: response), rule.code?.text(in: response))
        if let reason = meaning.failure { return .failed(JobFailure(reason, message: message, code: code)) }
        let unlisted = unlistedStatus.map { status in
            "\(Excerpt(status)) at \(rule.value?.at.text ?? "") isn't listed in the manifest"
        }
        let detail = [message.map { Excerpt($0).description }, code.map { "code \(Excerpt($0))" }, unlisted]
            .compactMap(\.self).joined(separator: "; ")
        throw meaning.error(response, detail: detail.isEmpty ? nil : detail)
    }
}
