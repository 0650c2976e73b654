public import FetchCore

/// Any family of ModelsLab, in one line: its name, its path and the type of its id.
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
/// Its metadata are JSON values. A family whose metadata have a type is a struct of its own: see ``ModelsLabEndpoint``.
public struct ModelsLabFamily<ID: FetchID>: ModelsLabEndpoint, Hashable {
    /// The name under which the family is registered: the provider's, a dot and one more word.
    public let name: EndpointName

    /// What the family's URL begins with, and whose key is sent.
    public let api: ModelsLabAPI

    /// The rest of the URL.
    public let path: PathTemplate

    /// How to ask.
    public let method: RequestMethod

    /// Where the key goes.
    public let authorization: Authorization

    private let idField: String?

    /// Creates the endpoint of a family.
    ///
    /// - Parameters:
    ///   - name: The name under which it is registered: that of the provider, a dot and one more word.
    ///   - api: What its URL begins with, and whose key is sent.
    ///   - path: The rest of the URL, with a place for the id unless the body has it.
    ///   - idField: The field of the body that holds the id, as a text, where it isn't in the path: `request_id`.
    ///   - method: How to ask.
    ///   - authorization: Where the key goes; `.none` where the family wants none.
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

    /// The id in its field, where the family has one.
    public func body(for id: ID) -> RequestBody? {
        idField.map { .json([$0: .string(id.description)]) }
    }
}
