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
    let artifactLifetime: Duration?
    /// Signs a request: the endpoint's ``FetchEndpoint/sign(_:with:at:)``.
    let sign: @Sendable (inout FetchRequest, APIKey, Date) throws -> Void

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
        artifactLifetime = endpoint.artifactLifetime
        sign = { request, key, date in try endpoint.sign(&request, with: key, at: date) }
    }
}
