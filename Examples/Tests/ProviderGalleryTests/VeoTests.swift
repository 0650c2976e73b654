import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("Veo endpoints of Gemini and Vertex AI") struct VeoTests {
    private static let link = "https://generativelanguage.googleapis.com/v1beta/files/a1b2c3d4e5f6:download?alt=media"

    @Test(arguments: ["succeeded", "succeeded-partly"])
    func `Gemini's outputs are links to the videos that passed the filters`(file: String) async throws {
        let videos = try await state(.geminiVideo, file).output
        let link = try #require(URL(string: Self.link))
        #expect(videos == [Artifact(link: link, mediaType: "video/mp4", needsKey: true)])
    }

    @Test func `Vertex's videos are in a bucket or in the response`() async throws {
        let links = try await state(.vertexVideo, "succeeded-bucket").output
        #expect(links.map(\.url?.absoluteString) == ["sample_0", "sample_1"].map { "gs://lighthouse/films/\($0).mp4" })
        let inline = try await state(.vertexVideo, "succeeded-inline").output
        #expect(inline == [Artifact(.data(Data("what would be a film".utf8)), mediaType: "video/mp4")])
    }

    @Test func `a finished operation without videos is moderated`() async throws {
        let gemini = try await state(.geminiVideo, "failed-moderated").failure
        #expect(gemini == JobFailure(.moderated, message: "The sound was withheld. You were not charged."))
        #expect(try await state(.geminiVideo, "failed-moderatedWithoutReason").failure == JobFailure(.moderated))
        let vertex = try await state(.vertexVideo, "failed-moderated").failure
        #expect(vertex == JobFailure(.moderated, message: "All videos were withheld. Support codes: 58061214"))
    }

    @Test func `a failed operation has the name of its code, or the number`() async throws {
        let named = try await state(.geminiVideo, "failed").failure
        #expect(named == JobFailure(message: "The model ran into an internal problem.", code: "INTERNAL"))
        #expect(try await state(.vertexVideo, "failed").failure.code == "3")
        #expect(try await state(.geminiVideo, "failed-cancelled").failure.reason == .cancelled)
        #expect(try await state(.vertexVideo, "failed-cancelled").failure.reason == .cancelled)
    }

    @Test(arguments: [
        ("europe-west4", "europe-west4-aiplatform.googleapis.com"), ("global", "aiplatform.googleapis.com"),
    ])
    func `each location has its own host`(location: String, host: String) async throws {
        let endpoint = try #require(VertexVideo(location: location, name: "vertex.video-regional"))
        let transport = ScriptedTransport([.json(#"{"done": false}"#)])
        let client = FetchClient(transport: transport, credentials: .dynamic { _ in APIKey(ProviderFixtures.key) })
        let id = "projects/p/locations/\(location)/publishers/google/models/veo/operations/1"
        _ = try await client.fetch(endpoint, id: id)
        #expect(transport.requests.map { $0.url.host() } == [host])

        let otherLocation = id.replacing(location, with: "us-central1")
        let error = await #expect(throws: FetchError.self) { try await client.fetch(endpoint, id: otherLocation) }
        #expect(error?.code == .invalidID)
        #expect(error?.message.contains("locations/\(location)/") == true, "\(String(describing: error))")
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: ["example.com/", "example.com?", "example.com#", "user@example.com:80/", "", " "])
    func `an invalid location can't change the host that receives the key`(location: String) {
        let endpoint = VertexVideo(location: location, name: "vertex.video")
        #expect(endpoint.map { $0.baseURL.host()?.hasSuffix("-aiplatform.googleapis.com") == true } ?? true)
    }
}
