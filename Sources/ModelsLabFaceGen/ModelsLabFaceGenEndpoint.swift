public import FetchCore
public import ModelsLab

/// The endpoint for generated faces: `POST https://modelslab.com/api/v1/enterprise/face_gen/fetch/{id}` with the body
/// `{"key": "…"}`.
///
/// It requires the API key of an enterprise account. The id in the request is a string; the id in the *response* is an
/// integer.
///
/// [Documentation](https://docs.modelslab.com/enterprise-api/face-gen/fetch)
public struct ModelsLabFaceGenEndpoint: ModelsLabEndpoint {
    /// The type of the job ids. They are arbitrary strings.
    public typealias ID = String

    /// The name in the registry, `modelslab.enterprise.facegen`.
    public let name: EndpointName = "modelslab.enterprise.facegen"

    /// The enterprise API, `https://modelslab.com/api/v1/enterprise`.
    ///
    /// Its API key is that of `modelslab.enterprise`, in the environment variable
    /// `MODELSLAB_ENTERPRISE_API_KEY`.
    public let api: ModelsLabAPI = .enterprise

    /// The path below `https://modelslab.com/api/v1/enterprise`.
    public let path: PathTemplate = "face_gen/fetch/{id}"

    /// Creates the endpoint. It has no configuration.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceGenEndpoint {
    /// The endpoint for ModelsLab's generated faces, which yields a `Generation`.
    public static var modelsLabFaceGen: Self { Self() }
}
