#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// An endpoint that is described by a JSON document instead of Swift code.
///
/// ```swift
/// let manifest = try EndpointManifest(contentsOf: URL(filePath: "manifests/example.json"))
/// let registry = try EndpointRegistry(.modelsLabVideo, manifest)
/// let output = try await client.result(JobReference("example.transcript:a1b2"))
/// ```
///
/// A manifest declares the URL of a job, the form of its id, how the key is sent, and the meaning of a response. It
/// contains no key and no executable code. Its output is an array of `Artifact`, so its jobs are polled by name.
///
/// A manifest with an invalid field is rejected as a whole. ``ManifestError`` lists each invalid field with the reason
/// and a remedy.
public struct EndpointManifest: FetchPlugin {
    /// The maximum size of a manifest in bytes: 256 KiB. A larger file isn't opened.
    public static let sizeLimit = 256 << 10

    /// The file name that errors contain.
    public let file: String

    private let endpoint: any FetchEndpoint

    /// Creates an endpoint from a manifest file.
    ///
    /// - Parameter url: The URL of a regular file, or of a symbolic link to one.
    /// - Throws: ``ManifestError`` if the file can't be read or the manifest is invalid.
    public init(contentsOf url: URL) throws(ManifestError) {
        let name = url.isFileURL ? url.relativePath : url.absoluteString
        try self.init(ManifestFile.bytes(of: url, named: name, limit: Self.sizeLimit), file: name)
    }

    /// Creates an endpoint from the bytes of a manifest.
    ///
    /// - Parameters:
    ///   - data: The JSON document, in UTF-8.
    ///   - file: The file name to use in errors.
    /// - Throws: ``ManifestError`` if the manifest is too large or invalid.
    public init(_ data: Data, file: String) throws(ManifestError) {
        try ManifestFile.requireSize(data.count, named: file, limit: Self.sizeLimit)
        let document = try ManifestDocument.parse(data, named: file)
        let problems = ProblemList()
        let declaration = Declaration(FieldReader(value: document, path: "", problems: problems))
        guard let declaration, problems.problems.isEmpty else {
            throw ManifestError(file: file, problems.problems)
        }
        self.file = file
        endpoint = declaration.endpoint
    }

    /// The name of the endpoint in a registry.
    public var name: EndpointName { endpoint.name }

    /// The provider whose key the requests carry.
    public var provider: ProviderID { endpoint.provider }

    /// The endpoint of the manifest, as the only element.
    public var endpoints: [any FetchEndpoint] { [endpoint] }
}
