#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a job yields: any type that can say which pieces it consists of.
///
/// Who asks by type gets the type. Who asks by name gets `any FetchOutput`, and finds in ``outputArtifacts`` what there is to
/// download or show, whoever the provider is.
///
/// `URL`, `Data`, `String`, ``JSONValue``, ``Artifact`` and arrays of outputs conform.
public protocol FetchOutput: Sendable {
    /// The pieces of the output, the main one first. Empty where the job yielded none.
    var outputArtifacts: [Artifact] { get }

    /// How long the job ran, if the answer says so; nil unless stated.
    ///
    /// The schedule learns from it: of a job that was found done all that is known otherwise is that it was done somewhere
    /// between two requests.
    var outputDuration: Duration? { get }
}

extension FetchOutput {
    /// The answer doesn't say.
    public var outputDuration: Duration? { nil }
}

extension URL: FetchOutput {
    /// The link, with the media type that its file's name tells.
    public var outputArtifacts: [Artifact] { [Artifact(link: self)] }
}

extension Data: FetchOutput {
    /// The bytes.
    public var outputArtifacts: [Artifact] { [Artifact(.data(self))] }
}

extension String: FetchOutput {
    /// The text.
    public var outputArtifacts: [Artifact] { [Artifact(.text(self))] }
}

extension Artifact: FetchOutput {
    /// The piece itself.
    public var outputArtifacts: [Artifact] { [self] }
}

extension JSONValue: FetchOutput {
    /// What the value holds, for providers whose outputs may be anything: a text that is an http(s) URL is a link, one that
    /// is a `data:` URL its bytes, any other a text. A list is what its elements are, `null` is nothing, and all else is JSON:
    /// links within an object aren't looked for.
    public var outputArtifacts: [Artifact] {
        switch self {
        case .null: []
        case .array(let elements): elements.outputArtifacts
        case .string(let text): [Artifact(reading: text)]
        case .bool, .integer, .number, .object: [Artifact(.json(self))]
        }
    }
}

extension Array: FetchOutput where Element: FetchOutput {
    /// The pieces of all elements, in order.
    public var outputArtifacts: [Artifact] { flatMap(\.outputArtifacts) }
}
