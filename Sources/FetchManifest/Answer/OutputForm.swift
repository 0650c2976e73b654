#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// What a piece of the output is.
enum OutputForm: String, Sendable, CaseIterable {
    case link, uri, text, json, base64, any, file

    /// Whether there is no piece. A text may well be empty, and a link can't be.
    func isNothing(_ value: JSONValue) -> Bool {
        switch self {
        case .link, .uri, .base64: value.unlessEmpty == nil
        case .text, .json, .any, .file: value == .null
        }
    }

    /// The pieces that a value is.
    func artifacts(
        of value: JSONValue,
        mediaType: String?,
        in answer: Answer
    ) throws(FetchError) -> [Artifact] {
        switch self {
        case .link:
            guard let url = try text(value, in: answer).flatMap(URL.init), (try? Origin(of: url)) != nil else {
                throw Self.unusable("a link that isn't http or https")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .uri:
            guard let url = try text(value, in: answer).flatMap(URL.init), url.scheme != nil else {
                throw Self.unusable("a URI without a scheme")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .text:
            guard let word = value.word else { throw Self.unusable("\(value.kind) and not a text") }
            return [Artifact(.text(word), mediaType: mediaType)]
        case .base64:
            guard let data = try text(value, in: answer).flatMap({ Data(base64Encoded: $0) }) else {
                throw Self.unusable("a text that isn't base64")
            }
            return [Artifact(.data(data), mediaType: mediaType)]
        case .json: return [Artifact(.json(value), mediaType: mediaType)]
        case .any: return value.artifacts.map { Artifact($0.content, mediaType: mediaType ?? $0.mediaType) }
        case .file: return [try file(answer, mediaType: mediaType)]
        }
    }

    /// The body as a file.
    func file(_ answer: Answer, mediaType: String?) throws(FetchError) -> Artifact {
        var artifact = try Artifact(answer.response)
        artifact.mediaType = mediaType ?? artifact.mediaType
        return artifact
    }

    private func text(_ value: JSONValue, in answer: Answer) throws(FetchError) -> String? {
        if let text = value.string { return text }
        throw Self.unusable("\(value.kind) and not a text")
    }

    private static func unusable(_ what: String) -> FetchError {
        FetchError(
            .unusableOutput,
            "the job is done, and its output is \(what)",
            remedy: "Look at the provider's answer, and at what the endpoint takes for the output."
        )
    }
}
