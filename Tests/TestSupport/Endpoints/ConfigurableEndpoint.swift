package import FetchCore
package import Foundation

/// An endpoint whose properties a test sets. The output is the JSON of the response unless the test decodes it.
package struct ConfigurableEndpoint<ID: FetchID>: FetchEndpoint {
    package var name: EndpointName
    package var provider: ProviderID
    package var baseURL: URL
    package var method: RequestMethod
    package var path: PathTemplate
    package var idForm: IDForm
    package var domains: [String]
    package var minimumGap: Duration
    package var maximumGap: Duration?
    package var requestTimeout: Duration?
    package var deadline: Duration?
    package var authorization: Authorization
    package var headers: HeaderFields
    package var submission: SubmissionForm
    /// Returns the body for an ID.
    package var makeBody: @Sendable (ID) throws -> RequestBody?
    /// Decodes a response.
    package var read: @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue>

    /// Creates an endpoint. All parameters have defaults that conform to the rules of the library.
    package init(
        name: EndpointName = "example.jobs",
        provider: ProviderID = "example",
        baseURL: URL = URL(string: "https://api.example.com/v1")!,
        method: RequestMethod = .post,
        path: PathTemplate = "fetch/{id}",
        idForm: IDForm = .whole,
        domains: [String] = [],
        minimumGap: Duration = .zero,
        maximumGap: Duration? = nil,
        requestTimeout: Duration? = nil,
        deadline: Duration? = nil,
        authorization: Authorization = .bearer,
        headers: HeaderFields = [:],
        submission: SubmissionForm = .none,
        makeBody: @escaping @Sendable (ID) throws -> RequestBody? = { _ in nil },
        read: @escaping @Sendable (FetchResponse) throws -> FetchAnswer<JSONValue> = { .succeeded(try $0.json()) }
    ) {
        self.name = name
        self.provider = provider
        self.baseURL = baseURL
        self.method = method
        self.path = path
        self.idForm = idForm
        self.domains = domains
        self.minimumGap = minimumGap
        self.maximumGap = maximumGap
        self.requestTimeout = requestTimeout
        self.deadline = deadline
        self.authorization = authorization
        self.headers = headers
        self.submission = submission
        self.makeBody = makeBody
        self.read = read
    }

    package func body(for id: ID) throws -> RequestBody? { try makeBody(id) }

    package func answer(to id: ID, from response: FetchResponse) throws -> FetchAnswer<JSONValue> { try read(response) }
}
