import FetchCore
import ModelsLab

/// ModelsLab's interiors: a family that FetchKit doesn't ship.
public struct Interior: ModelsLabEndpoint {
    /// A 64-bit integer.
    public typealias ID = Int64

    /// `modelslab.interior`
    public let name: EndpointName = "modelslab.interior"

    /// `interior/fetch/{id}`
    public let path: PathTemplate = "interior/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == Interior {
    /// ModelsLab's interiors.
    public static var interior: Self { Self() }
}
