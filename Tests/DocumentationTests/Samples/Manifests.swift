import FetchCore
import FetchManifest
import Foundation
import ModelsLabVideo

enum Manifests {
    static func one(_ client: FetchClient) async throws {
        let manifest = try EndpointManifest(contentsOf: URL(filePath: "manifests/example.json"))
        let registry = try EndpointRegistry(.modelsLabVideo, manifest)
        let output = try await client.result(JobReference("example.transcript:a1b2"))
        print(registry, output)
    }

    static func several(_ files: [URL]) throws {
        let manifests = try EndpointManifests(contentsOf: files)
        var registry = try EndpointRegistry(.modelsLabVideo)
        try registry.register(manifests)
        print(registry)
    }
}
