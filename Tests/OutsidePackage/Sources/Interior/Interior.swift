import FetchCore
import ModelsLab

/// ModelsLab's interiors: a family that FetchKit doesn't ship.
public struct Interior: ModelsLabEndpoint {
    public typealias ID = Int64
    public let name: EndpointName = "modelslab.interior"
    public let path: PathTemplate = "interior/fetch/{id}"

    public init() {}
}

extension FetchPlugin where Self == Interior {
    /// ModelsLab's interiors.
    public static var interior: Self { Self() }
}
