public import FetchCore

/// The endpoint of any ModelsLab family, declared in one line by its name, its path and the type of its ids.
///
/// ```swift
/// let registry = try EndpointRegistry(
///     ModelsLabFamily<Int64>("modelslab.interior", path: "interior/fetch/{id}"),
///     ModelsLabFamily<Int64>("modelslab.video-fusion", api: .v7, path: "video-fusion/fetch/{id}"),
///     ModelsLabFamily<String>("modelslab.enterprise.qwen", api: .enterprise, path: "qwen/fetch/{id}"),
///     ModelsLabFamily<String>("modelslab.images", path: "images/fetch", idField: "request_id"),
///     ModelsLabFamily<Int64>(
///         "modelslab.controlnet",
///         api: .v5,
///         path: "images/fetch/{id}",
///         method: .get,
///         authorization: .none
///     )
/// )
/// ```
///
/// The metadata of its outputs is untyped. For typed metadata, declare a struct that conforms to ``ModelsLabEndpoint``.
public struct ModelsLabFamily<ID: FetchID>: ModelsLabEndpoint, Hashable {
    /// The name in the registry: the provider, a dot and the family, for example `modelslab.interior`.
    public let name: EndpointName

    /// The base URL and the provider whose API key is sent.
    public let api: ModelsLabAPI

    /// The path below the base URL, with a placeholder for the id unless the body contains it.
    public let path: PathTemplate

    /// The HTTP method of the polling request.
    public let method: RequestMethod

    /// The location of the API key in the request.
    public let authorization: Authorization

    private let idField: String?

    /// Creates the endpoint of a family.
    ///
    /// - Parameters:
    ///   - name: The name in the registry: the provider, a dot and the family.
    ///   - api: The base URL and the provider whose API key is sent. Defaults to ``ModelsLabAPI/v6``.
    ///   - path: The path below the base URL, with a placeholder for the id unless the body contains it.
    ///   - idField: The field of the JSON body that contains the id as a string, such as `request_id`. Defaults to
    ///     `nil`, which means that the path contains the id.
    ///   - method: The HTTP method of the polling request. Defaults to `POST`.
    ///   - authorization: The location of the API key. Defaults to the field `key` of the JSON body. Use `.none` if the
    ///     family requires no key.
    public init(
        _ name: EndpointName,
        api: ModelsLabAPI = .v6,
        path: PathTemplate,
        idField: String? = nil,
        method: RequestMethod = .post,
        authorization: Authorization = .jsonBody("key")
    ) {
        self.name = name
        self.api = api
        self.path = path
        self.idField = idField
        self.method = method
        self.authorization = authorization
    }

    /// Returns a JSON body that contains the id, or `nil` if the path contains it.
    public func body(for id: ID) -> RequestBody? {
        idField.map { .json([$0: .string(id.description)]) }
    }
}
