public import FetchCore
public import ModelsLab

/// Videos: `POST https://modelslab.com/api/v6/video/fetch/{id}`, with a 64-bit integer as the id.
///
/// [Documentation](https://docs.modelslab.com/video-api/fetch-video)
public struct ModelsLabVideo: ModelsLabEndpoint {
    public typealias ID = Int64

    public let name: EndpointName = "modelslab.video"
    public let path: PathTemplate = "video/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabVideo {
    /// ModelsLab's videos.
    public static var modelsLabVideo: Self { Self() }
}
