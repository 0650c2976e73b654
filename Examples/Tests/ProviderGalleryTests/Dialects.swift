import FetchCore

/// The dialects of all providers in the gallery, with two ids of each.
func dialects() throws -> [Dialect] {
    try [
        Dialect(
            "assemblyai.transcript",
            ids: ["9ea68fd3-f953-42c1-9742-976c447fb463", "1c7d3a55-0b2e-4f7a-8d61-3e9b5f2a7c10"]
        ),
        Dialect("elevenlabs.dubbing", ids: ["7oJ8pXq2ZsY4", "k3Lm9QvR1tWb"]),
        Dialect(
            "gemini.video",
            ids: [
                "models/veo-3.1-generate-preview/operations/x7k2m9q4w1zt",
                "models/veo-3.1-fast-generate-preview/operations/b4n8v2c6x0as",
            ]
        ),
        Dialect("heygen.video", ids: ["e3b1c6f0a9d84c0f8a5d2b7c1e4f6a90", "0f4d2a8c6b1e4937a5c8d0e2f6b4a1c3"]),
        Dialect("kling.video", ids: ["text2video/831922345719271433", "image2video/831922345719271434"]),
        Dialect("openai.video", ids: ["video_68d7512d", "video_0a1b2c3d"]),
        Dialect("replicate.prediction", ids: ["gm3qorzdhgbfurvjtvhg6dckhu", "4ztrkvxq3drme0cgnfyb5jk2aw"]),
        Dialect(
            "vertex.video",
            ids: [
                vertexModel + "veo-3.1-generate-001/operations/7d9f0c1e-58a3-4b7e-9f10-2c6f3a1b8e55",
                vertexModel + "veo-3.1-fast-generate-001/operations/1b5e8a2d-94c7-4f3b-b6d0-8e7a5c2f9d31",
            ]
        ),
    ]
}

private let vertexModel = "projects/lighthouse-4711/locations/us-central1/publishers/google/models/"
