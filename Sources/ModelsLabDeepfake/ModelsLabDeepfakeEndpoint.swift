public import FetchCore
public import ModelsLab

/// The endpoint for deepfakes: `POST https://modelslab.com/api/v6/deepfake/fetch/{id}` with the body `{"key": "…"}`.
///
/// The documentation doesn't state the type of the id. All observed ids are small integers. The documentation's samples
/// in PHP and Node use `realtime/fetch/{id}` by mistake.
public struct ModelsLabDeepfakeEndpoint: ModelsLabEndpoint {
    /// The type of the job ids. The documentation doesn't state it; the observed ids are integers.
    public typealias ID = Int64

    /// The name in the registry, `modelslab.deepfake`.
    public let name: EndpointName = "modelslab.deepfake"

    /// The path below `https://modelslab.com/api/v6`.
    public let path: PathTemplate = "deepfake/fetch/{id}"

    /// Creates the endpoint. It has no configuration.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabDeepfakeEndpoint {
    /// The endpoint for ModelsLab's deepfakes, which yields a `Generation`.
    public static var modelsLabDeepfake: Self { Self() }
}
