extension FetchError {
    /// The error as one of a submission: its message says so, and its remedy doesn't speak of polling.
    var ofSubmission: Self {
        var error = self
        error.message = "the submission failed: \(message)"
        switch code {
        case .jobNotFound:
            // Without a job, a 404 is about the request itself.
            error.code = .badRequest
            error.message = "the submission failed: the server doesn't know what it names\(quotation)"
            error.remedy = "Check the URL and the parameters of the submission."
            error.isRetryable = false
        case .badRequest: error.remedy = "Check the parameters of the submission."
        case .forbidden:
            error.message = "the submission failed: the account isn't allowed to submit it\(quotation)"
            error.remedy = "Check what the account may use."
        case .rateLimited: error.remedy = "Submit the job again later."
        default: break
        }
        return error
    }

    /// The part of the message that quotes the provider.
    private var quotation: String {
        message.firstRange(of: ": ").map { String(message[$0.lowerBound...]) } ?? ""
    }

    /// Returns the error for a response that is to be read without the name of an endpoint, and has no URL that a
    /// registered endpoint polls.
    static func withoutPollingURL(_ response: FetchResponse) -> Self {
        do throws(FetchError) {
            if let error = response.interceptionError { throw error }
            try response.requireSuccess()
        } catch {
            return error.ofSubmission
        }
        let quotation = response.body.isEmpty ? "it is empty" : "it begins \(Excerpt(bytes: response.body))"
        var error = Self(
            .unknownEndpoint,
            "the response to the submission has no URL that a registered endpoint polls; \(quotation)",
            remedy: "Name the endpoint: client.result(continuing: response, of: …)."
        )
        error.httpStatus = response.status
        return error
    }

    /// Returns the error for an endpoint that doesn't declare where the response to a submission has the job.
    static func withoutSubmissionForm(_ endpoint: EndpointName) -> Self {
        Self(
            .malformedEndpoint,
            "\(endpoint) doesn't declare where the response to a submission has the job",
            remedy: "Pass the job's id, or declare the endpoint's submission."
        )
    }
}
