#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// All properties that an endpoint declares, read once.
struct EndpointDeclaration: Sendable {
    let name: EndpointName
    let provider: ProviderID
    let baseURL: URL
    let domains: [String]
    let method: RequestMethod
    let path: PathTemplate
    let idForm: IDForm
    let authorization: Authorization
    let headers: HeaderFields
    let timing: EndpointTiming

    init(_ endpoint: some FetchEndpoint) {
        name = endpoint.name
        provider = endpoint.provider
        baseURL = endpoint.baseURL
        domains = endpoint.domains
        method = endpoint.method
        path = endpoint.path
        idForm = endpoint.idForm
        authorization = endpoint.authorization
        headers = endpoint.headers
        timing = EndpointTiming(endpoint)
    }
}
