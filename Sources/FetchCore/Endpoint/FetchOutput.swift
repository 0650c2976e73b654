#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The output of a job: a type that lists the items it consists of.
///
/// A caller that polls by endpoint type receives the endpoint's own output type. A caller that polls by name receives
/// `any FetchOutput`, and finds the items to download or display in ``outputArtifacts``, for every provider.
///
/// `URL`, `Data`, `String`, ``JSONValue``, ``Artifact`` and arrays of outputs conform.
public protocol FetchOutput: Sendable {
    /// The items of the output, the main item first. Empty if the job produced none.
    var outputArtifacts: [Artifact] { get }

    /// The run time of the job, if the response states it. Defaults to `nil`.
    ///
    /// The client learns from it when jobs of this endpoint complete. Without it the client knows only that the job
    /// completed between two requests.
    var outputDuration: Duration? { get }

    /// Returns the output with complete links and their expiry dates. Defaults to the output itself.
    ///
    /// The client calls it before it hands out an output, and before it checks the links in ``outputArtifacts``. An
    /// output that stores artifacts passes the call on to them:
    ///
    /// ```swift
    /// func outputCompleted(by links: LinkContext) -> Self {
    ///     var film = self
    ///     film.files = files.outputCompleted(by: links)
    ///     return film
    /// }
    /// ```
    ///
    /// - Parameter links: The URL of the response, to which relative links refer, and the expiry date.
    /// - Returns: The completed output.
    func outputCompleted(by links: LinkContext) -> Self
}

extension FetchOutput {
    /// Returns the output itself, whose links are complete.
    public func outputCompleted(by links: LinkContext) -> Self { self }

    /// `nil`: the response states no run time.
    public var outputDuration: Duration? { nil }
}

extension URL: FetchOutput {
    /// The URL as a link, with the media type of its file extension.
    public var outputArtifacts: [Artifact] { [Artifact(link: self)] }

    /// Returns the absolute form of a relative URL that begins with a slash or dots. Any other one may be a word that
    /// isn't a link.
    public func outputCompleted(by links: LinkContext) -> URL { links.url(ofRelative: absoluteString) ?? self }
}

extension Data: FetchOutput {
    /// The bytes as one item of unknown media type.
    public var outputArtifacts: [Artifact] { [Artifact(.data(self))] }
}

extension String: FetchOutput {
    /// The string as one item of text.
    public var outputArtifacts: [Artifact] { [Artifact(.text(self))] }
}

extension Artifact: FetchOutput {
    /// An array with this artifact as its only element.
    public var outputArtifacts: [Artifact] { [self] }
}

extension JSONValue: FetchOutput {
    /// The items in a JSON value, for providers whose outputs can have any shape.
    ///
    /// A string that is an `http` or `https` URL becomes a link, a base64 `data:` URL becomes its bytes, and any other
    /// string becomes text. An array contributes the items of its elements, and `null` contributes none. Any other
    /// value is one JSON item: links inside an object aren't extracted.
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
    /// The items of all elements, in order.
    public var outputArtifacts: [Artifact] { flatMap(\.outputArtifacts) }

    /// Returns the array of completed elements.
    public func outputCompleted(by links: LinkContext) -> [Element] { map { $0.outputCompleted(by: links) } }
}
