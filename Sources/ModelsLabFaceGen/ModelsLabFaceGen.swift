#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore
public import ModelsLab

/// Generated faces of an enterprise account: `POST https://modelslab.com/api/v1/enterprise/face_gen/fetch/{id}`, with a
/// text as the id.
///
/// The id in the *answer* is an integer, and the key is the enterprise account's own.
///
/// [Documentation](https://docs.modelslab.com/enterprise-api/face-gen/fetch)
public struct ModelsLabFaceGen: ModelsLabEndpoint {
    public typealias ID = String

    public let name: EndpointName = "modelslab.enterprise.facegen"
    public let provider: ProviderID = .modelsLabEnterprise
    public let baseURL: URL = .modelsLabEnterprise
    public let path: PathTemplate = "face_gen/fetch/{id}"

    /// Creates the endpoint.
    public init() {}
}

extension FetchPlugin where Self == ModelsLabFaceGen {
    /// ModelsLab's generated faces.
    public static var modelsLabFaceGen: Self { Self() }
}
