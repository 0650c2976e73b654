#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// An endpoint of ModelsLab: say where it is and what its id is, and the rest is known.
///
/// A ``ModelsLabFamily`` is one in a line. A struct of your own is for a family that needs more, such as a type for its
/// metadata:
///
/// ```swift
/// struct Staging: ModelsLabEndpoint {
///     typealias ID = Int64
///     let name: EndpointName = "modelslab.staging"
///     let path: PathTemplate = "interior/fetch/{id}"
///
///     struct Meta: GenerationMeta {
///         var prompt: String?
///
///         init(fields: [String: JSONValue]) { prompt = fields["prompt"]?.string }
///     }
/// }
/// ```
///
/// Unless an endpoint says otherwise it is asked by `POST` under `https://modelslab.com/api/v6`, with the key of the
/// provider `modelslab` in the body's field `key`, and yields a ``Generation`` whose metadata are JSON values.
/// What ModelsLab's answers mean is written down in ``ModelsLabReply``.
public protocol ModelsLabEndpoint<ID, Meta>: FetchEndpoint, Hashable where Output == Generation<Meta> {
    /// The type of the metadata. `[String: JSONValue]` unless stated.
    associatedtype Meta: GenerationMeta = [String: JSONValue]

    /// What its URL begins with, and whose key is sent. ``ModelsLabAPI/v6`` unless stated.
    var api: ModelsLabAPI { get }
}

extension ModelsLabEndpoint {
    /// `https://modelslab.com/api/v6`, with the key of `modelslab`.
    public var api: ModelsLabAPI { .v6 }

    /// That of ``api``.
    public var provider: ProviderID { api.provider }

    /// That of ``api``.
    public var baseURL: URL { api.baseURL }

    /// The field `key` of the JSON body.
    public var authorization: Authorization { .jsonBody("key") }

    /// What a ``ModelsLabReply`` says.
    public func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Generation<Meta>> {
        try ModelsLabReply(response).answer()
    }
}
