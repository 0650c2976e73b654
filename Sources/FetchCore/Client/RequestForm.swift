#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What all requests of an endpoint have in common: what it declares, read once, checked and worked out for all jobs.
///
/// A flaw in it is kept until a request is made, since only that has somebody to tell it to.
final class RequestForm: Sendable {
    let name: EndpointName
    let provider: ProviderID
    let domains: [String]
    let method: HTTPMethod
    let path: PathTemplate
    let idForm: IDForm
    let authorization: Authorization
    let headers: HTTPHeaders

    /// What is wrong with the names.
    private let naming: Result<Void, FetchError>

    private let knownBase: Result<BaseURL, FetchError>

    /// Reads what an endpoint declares.
    ///
    /// - Parameter origins: Where a provider's requests go instead of its own scheme, host and port.
    init(_ endpoint: some FetchEndpoint, origins: [ProviderID: Origin]) {
        let (name, provider) = (endpoint.name, endpoint.provider)
        self.name = name
        self.provider = provider
        domains = endpoint.domains
        method = endpoint.method
        path = endpoint.path
        idForm = endpoint.idForm
        authorization = endpoint.authorization
        headers = endpoint.headers
        naming = Result { () throws(FetchError) in
            try name.validate()
            try provider.validate()
        }
        let url = endpoint.baseURL
        knownBase = Result { () throws(FetchError) in try BaseURL(url, movedTo: origins[provider]) }
    }

    /// Where the endpoint is asked.
    func base() throws(FetchError) -> BaseURL { try knownBase.get() }

    /// Throws where the endpoint's or the provider's name isn't one.
    func requireNames() throws(FetchError) { try naming.get() }
}
