public import FetchCore
public import ModelsLab

/// The endpoint for videos: `POST https://modelslab.com/api/v6/video/fetch/{id}` with the body `{"key": "…"}`.
///
/// [Documentation](https://docs.modelslab.com/video-api/fetch-video)
public struct ModelsLabVideoEndpoint: ModelsLabEndpoint {
    /// The type of the job ids, as documented: 64-bit integers.
    public typealias ID = Int64

    /// The name in the registry, `modelslab.video`.
    public let name: EndpointName = "modelslab.video"

    /// The path below `https://modelslab.com/api/v6`.
    public let path: PathTemplate = "video/fetch/{id}"

    /// Creates the endpoint. It has no configuration.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabVideoEndpoint {
    /// The endpoint for ModelsLab's videos, which yields a `Generation`.
    public static var modelsLabVideo: Self { Self() }
}
