#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// The endpoints of several manifests, registered together: all of them or none.
///
/// ```swift
/// let manifests = try EndpointManifests(contentsOf: files)
/// var registry = try EndpointRegistry(.modelsLabVideo)
/// try registry.register(manifests)
/// ```
public struct EndpointManifests: FetchPlugin {
    /// The manifests, in the order of their files.
    public let manifests: [EndpointManifest]

    /// Reads all files.
    ///
    /// - Throws: ``ManifestError`` about the first file that can't be taken, or that has the name of one before it, and
    ///   in its ``ManifestError/others`` about the further ones.
    public init(contentsOf files: [URL]) throws(ManifestError) {
        var manifests: [EndpointManifest] = []
        var errors: [ManifestError] = []
        for file in files {
            let manifest: EndpointManifest
            do throws(ManifestError) {
                manifest = try EndpointManifest(contentsOf: file)
            } catch {
                errors.append(error)
                continue
            }
            if let other = manifests.first(where: { $0.name == manifest.name }) {
                let problem = ManifestError.Problem(
                    field: "name",
                    reason: "\(manifest.name) is the name in \(other.file) as well",
                    remedy: "Give one of the two another name, or pass the file once."
                )
                errors.append(ManifestError(file: manifest.file, [problem]))
            }
            manifests.append(manifest)
        }
        if let first = errors.first {
            throw ManifestError(file: first.file, first.problems, and: Array(errors.dropFirst()))
        }
        self.manifests = manifests
    }

    /// What the manifests describe.
    public var endpoints: [any FetchEndpoint] { manifests.flatMap(\.endpoints) }
}
