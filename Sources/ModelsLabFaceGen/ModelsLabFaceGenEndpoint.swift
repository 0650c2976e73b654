public import FetchCore
public import ModelsLab

/// Generated faces: `POST https://modelslab.com/api/v1/enterprise/face_gen/fetch/{id}` with the body `{"key": "…"}`,
/// where the key is an enterprise account's own.
///
/// The id that is asked about is a text; the one in the *answer* is an integer.
///
/// [Documentation](https://docs.modelslab.com/enterprise-api/face-gen/fetch)
public struct ModelsLabFaceGenEndpoint: ModelsLabEndpoint {
    /// A text.
    public typealias ID = String

    /// `modelslab.enterprise.facegen`
    public let name: EndpointName = "modelslab.enterprise.facegen"

    /// `https://modelslab.com/api/v1/enterprise`, with the key of `modelslab.enterprise`, which is in
    /// `MODELSLAB_ENTERPRISE_API_KEY`.
    public let api: ModelsLabAPI = .enterprise

    /// `face_gen/fetch/{id}`
    public let path: PathTemplate = "face_gen/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceGenEndpoint {
    /// ModelsLab's generated faces.
    public static var modelsLabFaceGen: Self { Self() }
}
