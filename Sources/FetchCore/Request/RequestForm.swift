#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What all requests of an endpoint have in common: what it declares, read once, checked and worked out for all jobs.
///
/// A flaw in it is kept until a request is made, since only that has somebody to tell it to.
final class RequestForm: Sendable {
    let endpoint: EndpointDeclaration

    /// What is wrong with the names.
    private let naming: Result<Void, FetchError>

    private let knownBase: Result<BaseURL, FetchError>

    /// The URLs of all jobs, if only the id tells them apart; nil if the path has to be expanded for each.
    let urlPlan: URLPlan?

    /// The header fields of all jobs; nil if they are flawed.
    let headerPlan: HeaderPlan?

    /// The bodies of requests that have nothing but the key in them; nil if the key isn't in the body.
    let keyBody: KeyBody?

    /// Works out what an endpoint declares.
    ///
    /// - Parameter origins: Where a provider's requests go instead of its own scheme, host and port.
    init(_ endpoint: EndpointDeclaration, origins: [ProviderID: Origin]) {
        self.endpoint = endpoint
        naming = Result { () throws(FetchError) in
            try endpoint.name.validate()
            try endpoint.provider.validate()
        }
        knownBase = Result { () throws(FetchError) in
            try BaseURL(endpoint.baseURL, movedTo: origins[endpoint.provider])
        }
        urlPlan = (try? knownBase.get()).flatMap { URLPlan(endpoint, base: $0) }
        keyBody = if case .jsonBody(let field) = endpoint.authorization { KeyBody(field: field) } else { nil }
        headerPlan = try? HeaderPlan(endpoint.headers, endpoint.authorization)
    }

    /// Where the endpoint is asked.
    func base() throws(FetchError) -> BaseURL { try knownBase.get() }

    /// Throws where the endpoint's or the provider's name isn't one.
    func requireNames() throws(FetchError) { try naming.get() }
}
