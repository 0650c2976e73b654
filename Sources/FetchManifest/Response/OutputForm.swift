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

    /// True if an artifact of this form is a link.
    var isLink: Bool { self == .link || self == .uri }

    /// Returns the artifacts that a value holds: one, or several for ``any``. If the value doesn't have this form, the
    /// artifact is unusable.
    func artifacts(of item: OutputItem, in response: FetchResponse) -> [Artifact] {
        switch self {
        case .link, .uri: return [link(item, in: response)]
        case .text:
            guard let text = item.value.scalarText else {
                return [item.unusable("\(item.value.kind) and not a string")]
            }
            return [Artifact(.text(text), mediaType: item.mediaType)]
        case .base64:
            guard let text = item.value.string else { return [item.unusable("\(item.value.kind) and not base64")] }
            guard let data = Data(base64Encoded: text) else { return [item.unusable("a string that isn't base64")] }
            return [Artifact(.data(data), mediaType: item.mediaType)]
        case .json: return [Artifact(.json(item.value), mediaType: item.mediaType)]
        case .any:
            return item.value.outputArtifacts.map { Artifact($0.content, mediaType: item.mediaType ?? $0.mediaType) }
        // The file is the whole body, not a value in it. See `file(_:mediaType:)`.
        case .file: return []
        }
    }

    private func link(_ item: OutputItem, in response: FetchResponse) -> Artifact {
        let found = self == .link ? "a link that isn't http or https" : "a URI that isn't http, https, gs or s3"
        let kind = self == .link ? "a link" : "a URI"
        let text = item.value.string
        var artifact = Artifact(
            link: text ?? "",
            in: response,
            mediaType: item.mediaType,
            mirrors: item.mirrors,
            needsKey: item.needsKey
        )
        let isUsable = artifact.problem == nil && (self == .uri || artifact.isRequestable)
        if !isUsable { artifact = item.unusable(text == nil ? "\(item.value.kind) and not \(kind)" : found) }
        return artifact
    }

    /// Returns the body of a response as a file.
    func file(_ response: ParsedResponse, mediaType: String?) throws(FetchError) -> Artifact {
        var artifact = try Artifact(response.response)
        artifact.mediaType = mediaType ?? artifact.mediaType
        return artifact
    }
}

extension OutputItem {
    /// Returns the artifact for a value of another form than the manifest declares.
    func unusable(_ found: String) -> Artifact {
        Artifact(.unusable(value.scalarText ?? "", problem: "\(location), is \(found)"), mediaType: mediaType)
    }
}

extension Artifact {
    /// False for the link to an object of a storage service that takes a client of its own.
    fileprivate var isRequestable: Bool { url.map { (try? Origin(of: $0)) != nil } ?? true }
}
