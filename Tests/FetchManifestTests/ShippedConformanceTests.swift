import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

/// Runs the conformance suite for shipped manifests with different features. The tests of the examples cover the
/// others.
@Suite("Conformance of shipped manifests", .serialized) struct ShippedConformanceTests {
    /// A shipped manifest with ids and responses in the provider's format.
    struct Provider: Sendable, CustomTestStringConvertible {
        let file: String
        let ids: [String]
        let fixtures: [EndpointFixture]

        var testDescription: String { file }
    }

    @Test(arguments: Provider.all)
    func `a shipped manifest passes the conformance suite`(provider: Provider) async throws {
        let manifest = try #require(ShippedManifest.all.first { "\($0)" == provider.file })
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = try provider.ids.map { try #require(Endpoint.ID($0)) }
            try await EndpointConformance(endpoint, ids: ids, fixtures: provider.fixtures).check()
        }
        for endpoint in try EndpointManifest(contentsOf: manifest.url).endpoints { try await check(endpoint) }
    }

    @Test func `a manifest with integer ids passes the conformance suite`() async throws {
        func check<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) async throws {
            let ids = try ["1", "77"].map { try #require(Endpoint.ID($0)) }
            try await EndpointConformance(endpoint, ids: ids).check()
        }
        for endpoint in try ExampleManifest.manifest(["id": ["type": "integer"]]).endpoints {
            try await check(endpoint)
        }
    }
}

extension ShippedConformanceTests.Provider {
    static let all: [Self] = [
        Self(
            file: "openai.json",
            ids: ["video_a1", "video_b2"],
            fixtures: [
                .pending(#"{"status": "in_progress", "progress": 40}"#),
                .succeeded(
                    FetchResponse(json: #"{"status": "completed", "progress": 100}"#),
                    then: [FetchResponse(file: "film", mediaType: "video/mp4")]
                ),
                .failed(#"{"status": "failed", "error": {"code": "blocked", "message": "It was blocked."}}"#),
            ]
        ),
        Self(
            file: "stability.json",
            ids: ["a1b2", "c3d4"],
            fixtures: [
                .pending(FetchResponse(json: #"{"status": "in-progress"}"#, status: 202)),
                .succeeded(FetchResponse(file: "png", mediaType: "image/png")),
                .failed(
                    FetchResponse(
                        status: 200,
                        headers: ["Content-Type": "image/png", "finish-reason": "CONTENT_FILTERED"],
                        body: Data("blurred".utf8)
                    )
                ),
            ]
        ),
        Self(
            file: "vertex.json",
            ids: [
                "projects/p/locations/us-central1/publishers/google/models/m/operations/1",
                "projects/p/locations/us-central1/publishers/google/models/m/operations/2",
            ],
            fixtures: [
                .pending(#"{"name": "operations/1"}"#),
                .succeeded(
                    #"{"done": true, "response": {"videos": [{"gcsUri": "gs://b/v.mp4", "mimeType": "video/mp4"}]}}"#
                ),
                .failed(#"{"done": true, "error": {"code": 3, "message": "It was refused."}}"#),
            ]
        ),
        Self(
            file: "bfl.json",
            ids: ["https://api.eu1.bfl.ai/v1/get_result?id=a1", "https://api.bfl.ai/v1/get_result?id=b2"],
            fixtures: [
                .pending(#"{"id": "a1", "status": "Pending", "progress": 0.5}"#),
                .succeeded(#"{"id": "a1", "status": "Ready", "result": {"sample": "https://cdn.example.com/a.png"}}"#),
                .failed(#"{"id": "a1", "status": "Content Moderated"}"#),
            ]
        ),
        Self(
            file: "fal.json",
            ids: ["fal-ai/flux/a1", "fal-ai/flux/b2"],
            fixtures: [
                .pending(#"{"status": "IN_QUEUE", "queue_position": 3}"#),
                .succeeded(
                    FetchResponse(json: #"{"status": "COMPLETED"}"#),
                    then: [FetchResponse(json: #"{"images": ["https://cdn.example.com/a.png"]}"#)]
                ),
                .succeeded(
                    FetchResponse(json: #"{"status": "COMPLETED"}"#),
                    then: [FetchResponse(json: #"{"faces": 3}"#)]
                ),
                .failed(
                    FetchResponse(json: #"{"status": "COMPLETED"}"#),
                    then: [FetchResponse(json: #"{"detail": "It is too large."}"#, status: 422)]
                ),
            ]
        ),
        Self(
            file: "github.json",
            ids: ["octocat/hello/30433642", "octocat/world/30433643"],
            fixtures: [
                .pending(#"{"id": 30433642, "status": "queued", "conclusion": null}"#),
                .succeeded(
                    #"{"status": "completed", "conclusion": "success", "html_url": "https://github.com/octocat/hello/1"}"#
                ),
                .failed(#"{"status": "completed", "conclusion": "timed_out"}"#),
                .failed(#"{"status": "completed", "conclusion": "cancelled"}"#),
            ]
        ),
        Self(
            file: "openai-batch.json",
            ids: ["batch_a1", "batch_b2"],
            fixtures: [
                .pending(#"{"status": "in_progress", "request_counts": {"total": 100, "completed": 95, "failed": 5}}"#),
                .succeeded(
                    FetchResponse(json: #"{"status": "completed", "output_file_id": "file-1", "error_file_id": null}"#),
                    then: [FetchResponse(file: "{}\n{}\n", mediaType: "application/octet-stream")]
                ),
                .succeeded(
                    FetchResponse(json: #"{"status": "completed", "error_file_id": "file-2"}"#),
                    then: [FetchResponse(file: "{}\n", mediaType: "application/octet-stream")]
                ),
                .failed(#"{"status": "failed", "errors": {"data": [{"code": "invalid_json", "message": "Line 2"}]}}"#),
                .failed(#"{"status": "expired", "output_file_id": "file-1", "error_file_id": "file-2"}"#),
            ]
        ),
    ]
}
