import FetchCore

/// Returns the fixtures of all providers in the gallery, with two ids for each.
func allProviderFixtures() throws -> [ProviderFixtures] {
    try [
        ProviderFixtures(
            "assemblyai.transcript",
            ids: ["9ea68fd3-f953-42c1-9742-976c447fb463", "1c7d3a55-0b2e-4f7a-8d61-3e9b5f2a7c10"]
        ),
        ProviderFixtures(
            "bfl.image",
            ids: [
                "https://api.us1.bfl.ai/v1/get_result?id=c2f6a1de-3f0a-4d52-9c1b-5a7e0b9d8e44",
                "https://api.eu.bfl.ai/v1/get_result?id=7d90b4c3-61e8-4b57-8a2f-0f3c9e1d2b6a",
            ]
        ),
        ProviderFixtures("elevenlabs.dubbing", ids: ["7oJ8pXq2ZsY4", "k3Lm9QvR1tWb"], eta: .seconds(127.5)),
        ProviderFixtures(
            "fal.queue",
            ids: [
                "fal-ai/flux/764cabcf-b745-4b3e-ae38-1200304cf45b",
                "fal-ai/hunyuan-video/0f6a9c1e-52d7-4f8b-9b3a-7c4d2e1f0a85",
            ]
        ),
        ProviderFixtures(
            "gemini.video",
            ids: [
                "models/veo-3.1-generate-preview/operations/x7k2m9q4w1zt",
                "models/veo-3.1-fast-generate-preview/operations/b4n8v2c6x0as",
            ]
        ),
        ProviderFixtures(
            "heygen.video",
            ids: ["e3b1c6f0a9d84c0f8a5d2b7c1e4f6a90", "0f4d2a8c6b1e4937a5c8d0e2f6b4a1c3"]
        ),
        ProviderFixtures("kling.video", ids: ["text2video/831922345719271433", "image2video/831922345719271434"]),
        ProviderFixtures(
            "luma.generation",
            ids: ["123e4567-e89b-42d3-a456-426614174000", "9a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d"]
        ),
        ProviderFixtures(
            "meshy.task",
            ids: [
                "v2/text-to-3d/018a210d-8ba4-705c-b111-1f1776f7f578",
                "v1/image-to-3d/018b1f2e-9c3d-7a4e-8b5f-6c7d8e9f0a1b",
            ]
        ),
        ProviderFixtures("minimax.video", ids: ["176843862716480", "176843862716481"]),
        ProviderFixtures("openai.video", ids: ["video_68d7512d", "video_0a1b2c3d"]),
        ProviderFixtures("replicate.prediction", ids: ["gm3qorzdhgbfurvjtvhg6dckhu", "4ztrkvxq3drme0cgnfyb5jk2aw"]),
        ProviderFixtures(
            "runway.task",
            ids: ["5b1d7e0c-2a44-4d0f-9c3e-8f61b7a2d915", "e3f0a9b8-7c6d-4e5f-8a1b-2c3d4e5f6a7b"]
        ),
        ProviderFixtures(
            "stability.result",
            ids: [
                "a6dc6c6e20acda010fe14d71f180658f2896ed9b4ec25aa99a6ff06c796987c4",
                "0b3fe1c2a4d5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff",
            ]
        ),
        ProviderFixtures(
            "vertex.video",
            ids: [
                vertexModel + "veo-3.1-generate-001/operations/7d9f0c1e-58a3-4b7e-9f10-2c6f3a1b8e55",
                vertexModel + "veo-3.1-fast-generate-001/operations/1b5e8a2d-94c7-4f3b-b6d0-8e7a5c2f9d31",
            ]
        ),
    ]
}

private let vertexModel = "projects/lighthouse-4711/locations/us-central1/publishers/google/models/"
