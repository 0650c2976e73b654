#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The form of an output in a response: the values of `as`.
enum OutputForm: String, Sendable, CaseIterable {
    case link, uri, text, json, base64, any, file

    /// Returns true if the value means that the output is absent. A text may be empty, a link may not.
    func isAbsent(_ value: JSONValue) -> Bool {
        switch self {
        case .link, .uri, .base64: value.nonEmpty == nil
        case .text, .json, .any, .file: value == .null
        }
    }

    /// Returns the artifacts that a value holds.
    ///
    /// - Parameters:
    ///   - value: A value of the response.
    ///   - mediaType: The declared media type, which overrides one that the value implies.
    ///   - location: The field of the manifest and its value path, for errors.
    /// - Returns: One artifact, or several for ``any``.
    /// - Throws: ``FetchError`` with the code `unusableOutput` if the value doesn't have this form.
    func artifacts(
        of value: JSONValue,
        mediaType: String?,
        from location: String
    ) throws(FetchError) -> [Artifact] {
        switch self {
        case .link:
            guard let url = URL(string: try string(value, "a link", location)), (try? Origin(of: url)) != nil else {
                throw Self.unusable(location, "a link that isn't http or https")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .uri:
            guard let url = URL(string: try string(value, "a URI", location)), url.scheme != nil else {
                throw Self.unusable(location, "a URI without a scheme")
            }
            return [Artifact(link: url, mediaType: mediaType)]
        case .text:
            guard let text = value.scalarText else {
                throw Self.unusable(location, "\(value.kind) and not a string")
            }
            return [Artifact(.text(text), mediaType: mediaType)]
        case .base64:
            guard let data = Data(base64Encoded: try string(value, "base64", location)) else {
                throw Self.unusable(location, "a string that isn't base64")
            }
            return [Artifact(.data(data), mediaType: mediaType)]
        case .json: return [Artifact(.json(value), mediaType: mediaType)]
        case .any: return value.outputArtifacts.map { Artifact($0.content, mediaType: mediaType ?? $0.mediaType) }
        // The file is the whole body, not a value in it. See `file(_:mediaType:)`.
        case .file: return []
        }
    }

    /// Returns the body of a response as a file.
    func file(_ response: ParsedResponse, mediaType: String?) throws(FetchError) -> Artifact {
        var artifact = try Artifact(response.response)
        artifact.mediaType = mediaType ?? artifact.mediaType
        return artifact
    }

    private func string(_ value: JSONValue, _ expected: String, _ location: String) throws(FetchError) -> String {
        if let string = value.string { return string }
        throw Self.unusable(location, "\(value.kind) and not \(expected)")
    }

    private static func unusable(_ location: String, _ found: String) -> FetchError {
        FetchError(
            .unusableOutput,
            "the job is done, but \(location), is \(found)",
            remedy: "Compare the provider's response with the outputs of the manifest."
        )
    }
}
