#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a job yields: any type that can say which pieces it consists of.
///
/// Who asks by type gets the type. Who asks by name gets `any FetchOutput`, and finds in ``artifacts`` what there is to
/// download or show, whoever the provider is.
///
/// `URL`, `Data`, `String`, ``JSONValue`` and arrays of outputs conform.
public protocol FetchOutput: Sendable {
    /// The pieces of the output, the main one first. Empty where the job yielded none.
    var artifacts: [Artifact] { get }
}

extension URL: FetchOutput {
    /// The link.
    public var artifacts: [Artifact] { [Artifact(.url(self))] }
}

extension Data: FetchOutput {
    /// The bytes.
    public var artifacts: [Artifact] { [Artifact(.data(self))] }
}

extension String: FetchOutput {
    /// The text.
    public var artifacts: [Artifact] { [Artifact(.text(self))] }
}

extension JSONValue: FetchOutput {
    /// The value.
    public var artifacts: [Artifact] { [Artifact(.json(self))] }
}

extension Array: FetchOutput where Element: FetchOutput {
    /// The pieces of all elements, in order.
    public var artifacts: [Artifact] { flatMap(\.artifacts) }
}
