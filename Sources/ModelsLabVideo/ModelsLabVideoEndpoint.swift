public import FetchCore
public import ModelsLab

/// Videos: `POST https://modelslab.com/api/v6/video/fetch/{id}` with the body `{"key": "…"}`.
///
/// [Documentation](https://docs.modelslab.com/video-api/fetch-video)
public struct ModelsLabVideoEndpoint: ModelsLabEndpoint {
    /// A 64-bit integer.
    public typealias ID = Int64

    /// `modelslab.video`
    public let name: EndpointName = "modelslab.video"

    /// `video/fetch/{id}`
    public let path: PathTemplate = "video/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabVideoEndpoint {
    /// ModelsLab's videos.
    public static var modelsLabVideo: Self { Self() }
}
