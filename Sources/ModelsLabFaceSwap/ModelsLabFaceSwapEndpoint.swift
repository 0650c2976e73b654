public import FetchCore
public import ModelsLab

/// Swapped faces: `POST https://modelslab.com/api/v6/faceswap/fetch/{id}` with the body `{"key": "…"}`.
///
/// [Documentation](https://docs.modelslab.com/faceswap-api/fetch)
public struct ModelsLabFaceSwapEndpoint: ModelsLabEndpoint {
    /// An integer.
    public typealias ID = Int

    /// What the face swap was asked to do, as far as it is documented.
    public typealias Meta = FaceSwapMeta

    /// `modelslab.faceswap`
    public let name: EndpointName = "modelslab.faceswap"

    /// `faceswap/fetch/{id}`
    public let path: PathTemplate = "faceswap/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceSwapEndpoint {
    /// ModelsLab's swapped faces.
    public static var modelsLabFaceSwap: Self { Self() }
}
