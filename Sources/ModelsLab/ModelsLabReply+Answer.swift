#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

extension ModelsLabReply {
    /// Returns the state of the job: pending, succeeded or failed.
    ///
    /// - Returns: The state, with a ``Generation`` if the job has succeeded.
    /// - Throws: `FetchError` if the response reports an error of the request, such as an invalid API key, an
    ///   insufficient balance, an unknown id, a rate limit or a server error; with the code `malformedResponse` if it
    ///   has neither a status nor an output. An output that isn't a link is part of the ``Generation`` as such.
    public func answer<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        try answer(
            ofSuccess: { () throws(FetchError) in .succeeded(generation()) },
            withoutStatus: answerWithoutStatus
        )
    }

    /// Returns the state of a job whose response is an envelope, in which `success` refers only to the request.
    ///
    /// - Parameter reading: Returns the state of the job inside the envelope. It is called if the status is `success`,
    ///   or if there is neither a status nor an error.
    /// - Returns: The state that `reading` returns, or the state of a job that the envelope itself calls pending or
    ///   failed.
    /// - Throws: `FetchError` if the response reports an error of the request, and any error that `reading` throws.
    public func answer<Output>(
        ofSuccess reading: () throws(FetchError) -> FetchAnswer<Output>
    ) throws(FetchError) -> FetchAnswer<Output> {
        try answer(
            ofSuccess: reading,
            withoutStatus: { () throws(FetchError) in
                if let error = errorFromCodeOrMessage { throw error }
                return try reading()
            }
        )
    }

    private func answer<Output>(
        ofSuccess reading: () throws(FetchError) -> FetchAnswer<Output>,
        withoutStatus readingWithoutStatus: () throws(FetchError) -> FetchAnswer<Output>
    ) throws(FetchError) -> FetchAnswer<Output> {
        if isModelLoading { return .pending(progress) }
        if let error = requestError { throw error }
        return switch status.map(JobStatus.init) {
        case .succeeded: try reading()
        case .failed: .failed(failure)
        case .pending: .pending(progress)
        case nil: try readingWithoutStatus()
        }
    }

    /// ModelsLab's documentation doesn't declare `status` as required.
    private func answerWithoutStatus<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        // A pending job has an ETA, valid or not, or a polling URL. Its other link fields can already contain the URLs
        // of future files.
        let isPending = fields["eta"]?.number != nil || fields.string("fetch_result") != nil
        if isPending, fields.links("output").isEmpty { return .pending(progress) }
        let generation: Generation<Meta> = generation()
        if !generation.artifacts.isEmpty { return .succeeded(generation) }
        throw errorFromCodeOrMessage
            ?? response.malformedResponseError("the response has neither a status nor an output")
    }

    /// True if the response reports a model that is still loading as an error.
    ///
    /// Only these exact messages count. "Generation failed, please try again" is a real failure.
    private var isModelLoading: Bool {
        guard
            isHTTPSuccess, status.map(JobStatus.init) == .failed, code == nil,
            let message, message.utf8.count < 100
        else { return false }
        let sentence = message.lowercased().filter { $0.isLetter || $0 == " " }.trimmingWhitespace
        return ["try again", "try again later", "model is loading", "model is warming up"].contains(sentence)
    }

    /// The meaning of the `status` field. An unknown status counts as pending: the job hasn't ended.
    private enum JobStatus {
        case pending, succeeded, failed

        init(_ status: String) {
            switch status {
            case "success", "succeeded", "completed", "done": self = .succeeded
            case "error", "failed", "expired", "cancelled", "canceled": self = .failed
            default: self = .pending
            }
        }
    }

    private var failure: JobFailure {
        let reason: JobFailure.Reason =
            switch status {
            case "expired": .expired
            case "cancelled", "canceled": .cancelled
            default: .failed
            }
        return JobFailure(reason, message: message, code: code)
    }

    private var progress: JobProgress {
        var details = fields
        let eta = details.removeValue(forKey: "eta")?.duration
        let retryAfter = details.removeValue(forKey: "retry_after")?.duration
        let message = details.removeValue(forKey: "message")?.joinedStrings
        let misspelledMessage = details.removeValue(forKey: "messege")?.joinedStrings
        for (name, value) in fields where value == .null { details.removeValue(forKey: name) }
        return JobProgress(eta: eta, retryAfter: retryAfter, message: message ?? misspelledMessage, details: details)
    }

    private func generation<Meta>() -> Generation<Meta> {
        let candidates: [Generation<Meta>.Source] = [.output, .links, .proxyLinks]
        let found = candidates.lazy.map { ($0, fields.links($0.rawValue)) }.first { !$0.1.isEmpty }
        // Invalid URLs of copies and future files are dropped: the result doesn't depend on them.
        let proxyLinks = fields.links("proxy_links").compactMap(URL.init(webLink:))
        let artifacts = (found?.1 ?? []).map { Artifact(link: $0, in: response) }
        return Generation(
            id: fields.string("id"),
            artifacts: Generation<Meta>.artifacts(artifacts, mirroredBy: proxyLinks),
            source: found?.0,
            proxyLinks: proxyLinks,
            futureLinks: fields.links("future_links").compactMap(URL.init(webLink:)),
            generationTime: fields.duration("generationTime"),
            meta: fields["meta"]?.object.map(Meta.init(metaFields:)),
            message: message,
            fields: fields
        )
    }
}
