#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The parts of an endpoint's requests that don't depend on the job. They are validated and prepared once.
///
/// An error in a declaration is stored and thrown when a request is built, since only then there is a caller to receive
/// it.
final class RequestForm: Sendable {
    let endpoint: EndpointDeclaration

    /// The state of the endpoint's calls.
    let calls: EndpointCalls

    private let names: Result<Void, FetchError>

    private let storedBase: Result<BaseURL, FetchError>

    /// The prepared URL. `nil` if the path has to be expanded for each job.
    let urlPlan: URLPlan?

    /// The prepared header fields. `nil` if they are invalid.
    let headerPlan: HeaderPlan?

    /// The cache for bodies that contain only the key. `nil` if the key isn't part of the body.
    let keyBody: KeyBody?

    /// Prepares the requests of an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: The declarations of the endpoint.
    ///   - origins: The origins that replace those of the endpoints' base URLs, by provider.
    ///   - calls: What is kept of the endpoint's calls.
    init(_ endpoint: EndpointDeclaration, origins: [ProviderID: Origin], calls: EndpointCalls) {
        self.endpoint = endpoint
        self.calls = calls
        names = Result { () throws(FetchError) in
            try endpoint.name.validate()
            try endpoint.provider.validate()
        }
        storedBase = Result { () throws(FetchError) in
            try BaseURL(endpoint.baseURL, overridingOriginWith: origins[endpoint.provider])
        }
        urlPlan = (try? storedBase.get()).flatMap { URLPlan(endpoint, base: $0) }
        keyBody = if case .jsonBody(let field) = endpoint.authorization { KeyBody(field: field) } else { nil }
        headerPlan = try? HeaderPlan(endpoint.headers, endpoint.authorization)
    }

    /// Returns the base URL, or throws the error of its validation.
    func base() throws(FetchError) -> BaseURL { try storedBase.get() }

    /// Throws if the name of the endpoint or the provider is malformed.
    func requireNames() throws(FetchError) { try names.get() }
}
