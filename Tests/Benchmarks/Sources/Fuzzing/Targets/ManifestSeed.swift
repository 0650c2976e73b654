import Foundation

/// An example manifest with an id and responses of its provider.
struct ManifestSeed: Sendable {
    var name: String
    var document: Data
    var id: String
    var responses: [Seed]

    /// The name of the file, the endpoint whose fixtures are the responses, and an id. GitHub and OpenAI's batches have
    /// no fixtures, and take similar ones.
    private static let ids = [
        ("assemblyai", "assemblyai.transcript", "9ea68fd3-f953-42c1-9742-976c447fb463"),
        ("bfl", "bfl.image", "https://api.us1.bfl.ai/v1/get_result?id=c2f6a1de-3f0a-4d52-9c1b-5a7e0b9d8e44"),
        ("fal", "fal.queue", "fal-ai/flux/764cabcf-b745-4b3e-ae38-1200304cf45b"),
        ("github", "replicate.prediction", "octocat/hello/30433642"),
        ("gemini", "gemini.video", "models/veo-3.1-generate-preview/operations/x7k2m9q4w1zt"),
        ("heygen", "heygen.video", "e3b1c6f0a9d84c0f8a5d2b7c1e4f6a90"),
        ("kling", "kling.video", "text2video/831922345719271433"),
        ("luma", "luma.generation", "123e4567-e89b-42d3-a456-426614174000"),
        ("meshy", "meshy.task", "v2/text-to-3d/018a210d-8ba4-705c-b111-1f1776f7f578"),
        ("minimax", "minimax.video", "176843862716480"),
        ("openai", "openai.video", "video_68d7512d"),
        ("openai-batch", "openai.video", "batch_68d7512d"),
        ("replicate", "replicate.prediction", "gm3qorzdhgbfurvjtvhg6dckhu"),
        ("runway", "runway.task", "5b1d7e0c-2a44-4d0f-9c3e-8f61b7a2d915"),
        ("stability", "stability.result", "a6dc6c6e20acda010fe14d71f180658f2896ed9b4ec25aa99a6ff06c796987c4"),
        (
            "vertex", "vertex.video",
            "projects/lighthouse-4711/locations/us-central1/publishers/google/models/veo-3.1-generate-001/operations/7d9f0c1e"
        ),
    ]

    /// Returns a seed for each example manifest. Throws an error if a manifest has no seed.
    static func all() throws -> [Self] {
        let folder = Repository.root.appending(path: "Examples/Manifests")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        guard Set(files) == Set(ids.map { "\($0.0).json" }) else { throw CocoaError(.fileReadNoSuchFile) }
        return try ids.map { file, endpoint, id in
            Self(
                name: "\(file).json",
                document: try Data(contentsOf: folder.appending(path: "\(file).json")),
                id: id,
                responses: try Seed.exchanges(of: endpoint)
            )
        }
    }
}
