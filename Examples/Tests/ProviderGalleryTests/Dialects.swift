import FetchCore

/// The dialects of all providers in the gallery, with two ids of each.
func dialects() throws -> [Dialect] {
    try [
        Dialect("openai.video", ids: ["video_68d7512d", "video_0a1b2c3d"]),
        Dialect("replicate.prediction", ids: ["gm3qorzdhgbfurvjtvhg6dckhu", "4ztrkvxq3drme0cgnfyb5jk2aw"]),
    ]
}
