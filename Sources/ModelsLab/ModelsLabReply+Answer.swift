#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

extension ModelsLabReply {
    /// What the reply says about the job.
    ///
    /// - Throws: `FetchError` where it says nothing about the job: a refused key, an empty account, an unknown id, a
    ///   rate limit, a server's failure, or neither a state nor an output.
    public func answer<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        try answer(
            ofSuccess: { () throws(FetchError) in .succeeded(try generation()) },
            withoutStatus: answerWithoutStatus
        )
    }

    /// What the reply says about the job, where a success is only that of an envelope.
    ///
    /// - Parameter reading: Says what is in an envelope that calls itself a success, or has no status and no error.
    /// - Throws: What ``answer()`` throws of errors, and what the reading throws.
    public func answer<Output>(
        ofSuccess reading: () throws(FetchError) -> FetchAnswer<Output>
    ) throws(FetchError) -> FetchAnswer<Output> {
        try answer(
            ofSuccess: reading,
            withoutStatus: { () throws(FetchError) in
                if let error = errorInWords { throw error }
                return try reading()
            }
        )
    }

    private func answer<Output>(
        ofSuccess reading: () throws(FetchError) -> FetchAnswer<Output>,
        withoutStatus readingWithoutStatus: () throws(FetchError) -> FetchAnswer<Output>
    ) throws(FetchError) -> FetchAnswer<Output> {
        if isWarmingUp { return .pending(progress) }
        if let error = requestError { throw error }
        return switch status.map(Word.init) {
        case .succeeded: try reading()
        case .failed: .failed(failure)
        case .pending: .pending(progress)
        case nil: try readingWithoutStatus()
        }
    }

    /// The documents don't require a status.
    private func answerWithoutStatus<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        // A job that isn't ready has an ETA, be it one that nobody believes, or names where to ask, and may promise files
        // in its other links.
        let isExpected = fields["eta"]?.number != nil || fields.text("fetch_result") != nil
        if isExpected, fields.links("output").isEmpty { return .pending(progress) }
        let generation: Generation<Meta> = try generation()
        if !generation.outputs.isEmpty { return .succeeded(generation) }
        throw errorInWords ?? response.malformedResponseError("the answer has neither a status nor an output")
    }

    /// While a model is being loaded ModelsLab may call it an error, in these words and no others: "Generation failed,
    /// please try again" is one.
    private var isWarmingUp: Bool {
        guard
            isHTTPSuccess, status.map(Word.init) == .failed, code == nil,
            let message, message.utf8.count < 100
        else { return false }
        let sentence = message.lowercased().filter { $0.isLetter || $0 == " " }.trimmedSpaces
        return ["try again", "try again later", "model is loading", "model is warming up"].contains(sentence)
    }

    /// What a status word means. A word that nobody knows means that the job isn't done, as far as anybody knows.
    private enum Word {
        case pending, succeeded, failed

        init(_ word: String) {
            switch word {
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
        let message = details.removeValue(forKey: "message")?.words
        let misspelled = details.removeValue(forKey: "messege")?.words
        for (name, value) in fields where value == .null { details.removeValue(forKey: name) }
        return JobProgress(eta: eta, retryAfter: retryAfter, message: message ?? misspelled, details: details)
    }

    private func generation<Meta>() throws(FetchError) -> Generation<Meta> {
        let candidates: [Generation<Meta>.Source] = [.output, .links, .proxyLinks]
        let found = candidates.lazy.map { ($0, fields.links($0.rawValue)) }.first { !$0.1.isEmpty }
        return Generation(
            id: fields.text("id"),
            outputs: try webLinks(found?.1 ?? [], from: found?.0.rawValue ?? ""),
            source: found?.0,
            // Copies and promises aren't worth refusing a result for.
            proxyLinks: fields.links("proxy_links").compactMap(URL.init(webLink:)),
            futureLinks: fields.links("future_links").compactMap(URL.init(webLink:)),
            generationTime: fields.duration("generationTime"),
            meta: fields["meta"]?.object.map(Meta.init(fields:)),
            message: message,
            fields: fields
        )
    }

    private func webLinks(_ texts: [String], from field: String) throws(FetchError) -> [URL] {
        var links: [URL] = []
        for text in texts {
            guard let link = URL(webLink: text) else {
                throw FetchError(
                    .unusableOutput,
                    "the job is done, but its \(field) holds \(Excerpt(text, longest: 80)), which is no http or https link",
                    remedy: "Look at the answer itself; FetchKit hands out no other links."
                )
            }
            links.append(link)
        }
        return links
    }
}
