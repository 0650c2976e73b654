import FetchCore
import FetchManifest
import Foundation
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

extension EndpointRegistry {
    /// Returns a registry with four of ModelsLab's families. A further family is one more argument.
    static func modelsLab() throws(FetchError) -> Self {
        try Self(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
    }

    /// Returns a registry with ModelsLab's families and the endpoints of manifests.
    ///
    /// - Parameter manifests: The paths of the manifests.
    /// - Returns: The registry.
    /// - Throws: ``UsageError`` for the first manifest that is invalid or has the name of another endpoint.
    static func modelsLab(and manifests: [String]) throws -> Self {
        var registry = try modelsLab()
        _ = try registry.register(manifests: manifests)
        return registry
    }

    /// Registers the endpoints of manifests.
    ///
    /// - Parameter manifests: The paths of the manifests.
    /// - Returns: The endpoints.
    /// - Throws: ``UsageError`` for the first manifest that is invalid or has the name of another endpoint.
    mutating func register(manifests: [String]) throws -> [any FetchEndpoint] {
        let loaded: EndpointManifests
        do throws(ManifestError) {
            loaded = try EndpointManifests(contentsOf: manifests.map { URL(filePath: $0) })
        } catch {
            throw UsageError(error.description)
        }
        for manifest in loaded.manifests {
            do throws(FetchError) {
                try register(manifest)
            } catch {
                throw UsageError("\(manifest.file): \(error)".printable)
            }
        }
        return loaded.endpoints
    }
}
