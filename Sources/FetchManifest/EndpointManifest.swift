#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// An endpoint that is described by a JSON document and not by Swift.
///
/// ```swift
/// let manifest = try EndpointManifest(contentsOf: URL(filePath: "manifests/example.json"))
/// let registry = try EndpointRegistry(.modelsLabVideo, manifest)
/// let output = try await client.result(JobReference("example.transcript:a1b2"))
/// ```
///
/// A manifest says where the provider is asked about a job, what the job's id is, where the key goes and what an answer
/// means. It holds no key and nothing that could be executed. What it yields is a list of `Artifact`s, so
/// its jobs are polled by name.
///
/// It is read completely or not at all: ``ManifestError`` names every field that can't be taken, why, and the remedy.
public struct EndpointManifest: FetchPlugin {
    /// How many bytes a manifest may have. A larger file isn't opened.
    public static let sizeLimit = 256 << 10

    /// The file, as errors name it.
    public let file: String

    private let endpoint: any FetchEndpoint

    /// Reads a manifest from a file.
    ///
    /// - Parameter url: The URL of a regular file, or of a link to one.
    /// - Throws: ``ManifestError``.
    public init(contentsOf url: URL) throws(ManifestError) {
        let name = url.isFileURL ? url.relativePath : url.absoluteString
        try self.init(ManifestFile.bytes(of: url, named: name, limit: Self.sizeLimit), file: name)
    }

    /// Reads a manifest from bytes.
    ///
    /// - Parameters:
    ///   - data: The document.
    ///   - file: What errors call it.
    /// - Throws: ``ManifestError``.
    public init(_ data: Data, file: String) throws(ManifestError) {
        try ManifestFile.requireSize(data.count, named: file, limit: Self.sizeLimit)
        let document = try ManifestText.document(data, named: file)
        let problems = ProblemList()
        let declaration = Declaration(FieldReader(value: document, path: "", problems: problems))
        guard let declaration, problems.problems.isEmpty else {
            throw ManifestError(file: file, problems.problems)
        }
        self.file = file
        endpoint = declaration.endpoint
    }

    /// The name under which the endpoint is registered.
    public var name: EndpointName { endpoint.name }

    /// Whose key is sent.
    public var provider: ProviderID { endpoint.provider }

    /// The endpoint that the document describes.
    public var endpoints: [any FetchEndpoint] { [endpoint] }
}
