#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// An endpoint of ModelsLab: say where it is and what its id is, and the rest is known.
///
/// ```swift
/// struct Interior: ModelsLabEndpoint {
///     typealias ID = Int64
///     let name: EndpointName = "modelslab.interior"
///     let path: PathTemplate = "interior/fetch/{id}"
/// }
/// ```
///
/// Unless an endpoint says otherwise it is asked by `POST` under `https://modelslab.com/api/v6`, with the key of the
/// provider `modelslab` in the body's field `key`, and yields a ``Generation`` whose metadata are JSON values.
/// What ModelsLab's answers mean is written down in ``ModelsLabReply``.
public protocol ModelsLabEndpoint<ID, Meta>: FetchEndpoint where Output == Generation<Meta> {
    /// The type of the metadata. `[String: JSONValue]` unless stated.
    associatedtype Meta: GenerationMeta = [String: JSONValue]
}

extension ModelsLabEndpoint {
    /// `modelslab`
    public var provider: ProviderID { .modelsLab }

    /// `https://modelslab.com/api/v6`
    public var baseURL: URL { .modelsLabV6 }

    /// The field `key` of the JSON body.
    public var authorization: Authorization { .jsonBody("key") }

    /// What a ``ModelsLabReply`` says.
    public func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Generation<Meta>> {
        try ModelsLabReply(response).answer()
    }
}

extension ProviderID {
    /// A ModelsLab account; its key is in `MODELSLAB_API_KEY`.
    public static let modelsLab: Self = "modelslab"

    /// A ModelsLab enterprise account, which has a key of its own; it is in `MODELSLAB_ENTERPRISE_API_KEY`.
    public static let modelsLabEnterprise: Self = "modelslab.enterprise"
}

extension URL {
    /// `https://modelslab.com/api/v6`
    public static let modelsLabV6 = URL(string: "https://modelslab.com/api/v6")!

    /// `https://modelslab.com/api/v1/enterprise`
    public static let modelsLabEnterprise = URL(string: "https://modelslab.com/api/v1/enterprise")!
}
