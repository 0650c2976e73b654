#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

extension ModelsLabReply {
    /// What the reply says about the job.
    ///
    /// - Throws: ``FetchError`` where it says nothing about the job: a refused key, an empty account, an unknown id, a rate limit, a server's
    ///   failure, or neither a state nor an output.
    public func answer<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        if isWarmingUp { return .pending(progress) }
        if let error = requestError { throw error }
        switch status.map(Word.init) {
        case .succeeded: return .succeeded(try generation())
        case .failed: return .failed(failure)
        case .pending: return .pending(progress)
        case nil: return try answerWithoutStatus()
        }
    }

    /// The documents don't require a status.
    private func answerWithoutStatus<Meta>() throws(FetchError) -> FetchAnswer<Generation<Meta>> {
        let generation: Generation<Meta> = try generation()
        if !generation.outputs.isEmpty { return .succeeded(generation) }
        if eta != nil || fetchResult != nil { return .pending(progress) }
        throw response.malformed("the answer has neither a status nor an output")
    }

    /// While a model is being loaded ModelsLab may call it an error, in these words and no others: "Generation failed,
    /// please try again" is one.
    private var isWarmingUp: Bool {
        guard (200..<300).contains(httpStatus), code == nil, let words = message?.lowercased() else { return false }
        let sentence = words.filter { $0.isLetter || $0 == " " }.trimmedSpaces
        return ["try again", "try again later", "model is loading", "model is warming up"].contains(sentence)
            && status.map(Word.init) == .failed
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
        // The tip is left out: it advertises, and has leaked an internal host name.
        let told = ["id", "future_links", "fetch_result", "meta", "queue_position", "status"]
        return JobProgress(
            eta: eta,
            retryAfter: retryAfter,
            message: message,
            details: fields.filter { told.contains($0.key) && $0.value != .null }
        )
    }

    private func generation<Meta>() throws(FetchError) -> Generation<Meta> {
        let candidates: [(Generation<Meta>.Source, [String])] = [
            (.output, fields.links("output")),
            (.links, fields.links("links")),
            (.proxyLinks, fields.links("proxy_links")),
        ]
        let found = candidates.first { !$0.1.isEmpty }
        return Generation(
            id: id,
            outputs: try (found?.1 ?? []).webLinks(in: found?.0.rawValue ?? ""),
            source: found?.0 ?? .none,
            proxyLinks: try fields.links("proxy_links").webLinks(in: "proxy_links"),
            // A promise isn't worth refusing a result for.
            futureLinks: fields.links("future_links").compactMap(URL.init(webLink:)),
            generationTime: fields.duration("generationTime"),
            meta: fields["meta"]?.object.map(Meta.init(fields:)),
            message: message,
            otherFields: fields.filter { !Self.documentedFields.contains($0.key) }
        )
    }

    private static let documentedFields: Set = [
        "status", "id", "output", "links", "proxy_links", "future_links", "generationTime", "meta", "message",
        "messege", "tip", "eta", "fetch_result",
    ]
}

extension [String] {
    fileprivate func webLinks(in field: String) throws(FetchError) -> [URL] {
        var links: [URL] = []
        for text in self {
            guard let link = URL(webLink: text) else {
                throw FetchError(
                    .unusableOutput,
                    "the job is done, but its \(field) holds “\(text.prefix(80))”, which is no http or https link",
                    remedy: "Look at the answer itself; FetchKit hands out no other links."
                )
            }
            links.append(link)
        }
        return links
    }
}

extension URL {
    /// The link, where it is an absolute one of http or https without a user name or password.
    fileprivate init?(webLink text: String) {
        guard let url = URL(string: text), (try? Origin(of: url)) != nil else { return nil }
        self = url
    }
}
