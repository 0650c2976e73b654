import FetchCore
import ModelsLab

/// The endpoint of ModelsLab's interior designs, a family that isn't part of FetchKit.
public struct Interior: ModelsLabEndpoint {
    /// The type of the job's id, a 64-bit integer.
    public typealias ID = Int64

    /// The name of the endpoint in the registry, `modelslab.interior`.
    public let name: EndpointName = "modelslab.interior"

    /// The path below ModelsLab's base URL, `interior/fetch/{id}`.
    public let path: PathTemplate = "interior/fetch/{id}"

    /// Creates the endpoint. It has no configuration.
    public init() {}
}

extension FetchPlugin where Self == Interior {
    /// The endpoint of ModelsLab's interior designs.
    public static var interior: Self { Self() }
}
