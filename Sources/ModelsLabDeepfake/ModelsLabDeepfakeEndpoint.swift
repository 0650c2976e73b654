public import FetchCore
public import ModelsLab

/// Deepfakes: `POST https://modelslab.com/api/v6/deepfake/fetch/{id}` with the body `{"key": "…"}`.
///
/// The document doesn't state the id's type; the ids that were seen are small integers. Its PHP and Node samples ask
/// `realtime/fetch/{id}` by mistake.
public struct ModelsLabDeepfakeEndpoint: ModelsLabEndpoint {
    /// An integer.
    public typealias ID = Int64

    /// `modelslab.deepfake`
    public let name: EndpointName = "modelslab.deepfake"

    /// `deepfake/fetch/{id}`
    public let path: PathTemplate = "deepfake/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabDeepfakeEndpoint {
    /// ModelsLab's deepfakes.
    public static var modelsLabDeepfake: Self { Self() }
}
