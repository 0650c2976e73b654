import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import ModelsLabVideo
import Testing

@Suite("Manifest samples") struct ManifestSamples {
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

    @Test func `the endpoints of the sample manifest conform`() async throws {
        let page = try Repository().files(withExtension: "md", below: ["Documentation/Manifests.md"])[0]
        let sample = page.lines.joined(separator: "\n").split(separator: "```json\n")[1].prefix { $0 != "`" }
        let manifest = try EndpointManifest(Data(sample.utf8), file: "example.json")

        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            try await EndpointConformance(
                endpoint,
                ids: ["text2video/1", "image2video/2"].compactMap { Endpoint.ID($0) },
                fixtures: [
                    .pending(#"{"code": 0, "data": {"status": "processing"}}"#),
                    .succeeded(#"{"data": {"status": "succeed", "videos": [{"url": "https://example.com/a.mp4"}]}}"#),
                    .failed(#"{"code": 0, "data": {"status": "failed"}}"#),
                ]
            ).check()
        }
        for endpoint in manifest.endpoints { try await check(endpoint) }
    }
}
