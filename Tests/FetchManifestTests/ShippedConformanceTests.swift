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
                    response(#"{"status": "completed", "progress": 100}"#),
                    then: [FetchResponse(status: 200, headers: ["Content-Type": "video/mp4"], body: Data("film".utf8))]
                ),
                .failed(#"{"status": "failed", "error": {"code": "blocked", "message": "It was blocked."}}"#),
            ]
        ),
        Self(
            file: "stability.json",
            ids: ["a1b2", "c3d4"],
            fixtures: [
                .pending(response(#"{"status": "in-progress"}"#, status: 202)),
                .succeeded(FetchResponse(status: 200, headers: ["Content-Type": "image/png"], body: Data("png".utf8))),
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
                .succeeded(response(#"{"status": "COMPLETED"}"#), then: [response(#"{"images": []}"#)]),
                .failed(
                    response(#"{"status": "COMPLETED"}"#),
                    then: [response(#"{"detail": "It is too large."}"#, status: 422)]
                ),
            ]
        ),
    ]

    private static func response(_ json: String, status: Int = 200) -> FetchResponse {
        FetchResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(json.utf8))
    }
}
