#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// The endpoints of several manifests, which are registered together: all of them or none.
///
/// ```swift
/// let manifests = try EndpointManifests(contentsOf: files)
/// var registry = try EndpointRegistry(.modelsLabVideo)
/// try registry.register(manifests)
/// ```
public struct EndpointManifests: FetchPlugin {
    /// The manifests in the order of their files.
    public let manifests: [EndpointManifest]

    /// Creates the endpoints of all files.
    ///
    /// - Parameter files: The URLs of regular files.
    /// - Throws: ``ManifestError`` for the first file that is invalid or whose endpoint has the name of an earlier one.
    ///   Its ``ManifestError/others`` has the errors of all other files.
    public init(contentsOf files: [URL]) throws(ManifestError) {
        var manifests: [EndpointManifest] = []
        var errors: [ManifestError] = []
        var fileNames: [EndpointName: String] = [:]
        for file in files {
            let manifest: EndpointManifest
            do throws(ManifestError) {
                manifest = try EndpointManifest(contentsOf: file)
            } catch {
                errors.append(error)
                continue
            }
            if let other = fileNames.updateValue(manifest.file, forKey: manifest.name) {
                let problem = ManifestError.Problem(
                    field: "name",
                    reason: "\(manifest.name) is also the name in \(other)",
                    remedy: "Rename one of the two endpoints, or pass the file only once."
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

    /// The endpoints of all manifests, in the order of their files.
    public var endpoints: [any FetchEndpoint] { manifests.flatMap(\.endpoints) }
}
