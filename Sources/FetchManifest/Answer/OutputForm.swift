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
    ///
    /// - Parameter place: Where the manifest says so, for errors.
    func artifacts(
        of value: JSONValue,
        mediaType: String?,
        from place: String
    ) throws(FetchError) -> [Artifact] {
        switch self {
        case .link:
            guard let url = URL(string: try text(value, "a link", place)), (try? Origin(of: url)) != nil else {
                throw Self.unusable(place, "a link that isn't http or https")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .uri:
            guard let url = URL(string: try text(value, "a URI", place)), url.scheme != nil else {
                throw Self.unusable(place, "a URI without a scheme")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .text:
            guard let word = value.word else { throw Self.unusable(place, "\(value.kind) and not a text") }
            return [Artifact(.text(word), mediaType: mediaType)]
        case .base64:
            guard let data = Data(base64Encoded: try text(value, "base64", place)) else {
                throw Self.unusable(place, "a text that isn't base64")
            }
            return [Artifact(.data(data), mediaType: mediaType)]
        case .json: return [Artifact(.json(value), mediaType: mediaType)]
        case .any: return value.outputArtifacts.map { Artifact($0.content, mediaType: mediaType ?? $0.mediaType) }
        // The body, and no value in it: its reading takes it whole.
        case .file: return []
        }
    }

    /// The body as a file.
    func file(_ answer: Answer, mediaType: String?) throws(FetchError) -> Artifact {
        var artifact = try Artifact(answer.response)
        artifact.mediaType = mediaType ?? artifact.mediaType
        return artifact
    }

    private func text(_ value: JSONValue, _ expected: String, _ place: String) throws(FetchError) -> String {
        if let text = value.string { return text }
        throw Self.unusable(place, "\(value.kind) and not \(expected)")
    }

    private static func unusable(_ place: String, _ what: String) -> FetchError {
        FetchError(
            .unusableOutput,
            "the job is done, and \(place), is \(what)",
            remedy: "Look at the provider's answer, and at what the manifest says of its output."
        )
    }
}
