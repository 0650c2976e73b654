public import FetchCore
public import ModelsLab

/// The endpoint for face swaps: `POST https://modelslab.com/api/v6/faceswap/fetch/{id}` with the body `{"key": "…"}`.
///
/// [Documentation](https://docs.modelslab.com/faceswap-api/fetch)
public struct ModelsLabFaceSwapEndpoint: ModelsLabEndpoint {
    /// The type of the job ids, as documented: integers.
    public typealias ID = Int64

    /// The type of the metadata, with a property for each documented parameter.
    public typealias Meta = FaceSwapMeta

    /// The name in the registry, `modelslab.faceswap`.
    public let name: EndpointName = "modelslab.faceswap"

    /// The path below `https://modelslab.com/api/v6`.
    public let path: PathTemplate = "faceswap/fetch/{id}"

    /// Creates the endpoint. It has no configuration.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceSwapEndpoint {
    /// The endpoint for ModelsLab's face swaps, which yields a `Generation` with ``FaceSwapMeta``.
    public static var modelsLabFaceSwap: Self { Self() }
}
