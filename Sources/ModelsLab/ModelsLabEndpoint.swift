#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// An endpoint of a ModelsLab family, declared by its name, its path and the type of its ids.
///
/// For most families, a ``ModelsLabFamily`` is enough. Declare a struct for a family that needs more, such as typed
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
///         init(metaFields fields: [String: JSONValue]) { prompt = fields["prompt"]?.string }
///     }
/// }
/// ```
///
/// The protocol provides defaults for all other requirements: a `POST` request below `https://modelslab.com/api/v6`
/// with the API key of the provider `modelslab` in the field `key` of the JSON body, and a ``Generation`` with untyped
/// metadata as the output. ``ModelsLabReply`` documents how responses are decoded.
public protocol ModelsLabEndpoint<ID, Meta>: FetchEndpoint, Hashable where Output == Generation<Meta> {
    /// The type of the output's metadata. Defaults to `[String: JSONValue]`.
    associatedtype Meta: GenerationMeta = [String: JSONValue]

    /// The base URL and the provider whose API key is sent. Defaults to ``ModelsLabAPI/v6``.
    var api: ModelsLabAPI { get }
}

extension ModelsLabEndpoint {
    /// The default API version, ``ModelsLabAPI/v6``.
    public var api: ModelsLabAPI { .v6 }

    /// The provider of ``api``.
    public var provider: ProviderID { api.provider }

    /// The base URL of ``api``.
    public var baseURL: URL { api.baseURL }

    /// The default method, `POST`.
    public var method: RequestMethod { .post }

    /// The default location of the API key: the field `key` of the JSON body.
    public var authorization: Authorization { .jsonBody("key") }

    /// The default places of a job in the response to its submission: `id`, or `taskId` as for enterprise sounds, or
    /// the URL in `fetch_result`. A job that is done at once has its output in that response.
    public var submission: SubmissionForm { SubmissionForm(id: "id", "taskId", url: "fetch_result", hasState: true) }

    /// One day: ModelsLab deletes the files that aren't in a storage of the account's own after 24 hours.
    public var artifactLifetime: Duration? { .seconds(24 * 3_600) }

    /// Decodes a response with ``ModelsLabReply``.
    public func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<Generation<Meta>> {
        try ModelsLabReply(response).answer()
    }
}
