public import FetchCore
public import ModelsLab

/// Swapped faces: `POST https://modelslab.com/api/v6/faceswap/fetch/{id}`, with an integer as the id.
///
/// [Documentation](https://docs.modelslab.com/faceswap-api/fetch)
public struct ModelsLabFaceSwap: ModelsLabEndpoint {
    public typealias ID = Int
    public typealias Meta = FaceSwapMeta

    public let name: EndpointName = "modelslab.faceswap"
    public let path: PathTemplate = "faceswap/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceSwap {
    /// ModelsLab's swapped faces.
    public static var modelsLabFaceSwap: Self { Self() }
}
