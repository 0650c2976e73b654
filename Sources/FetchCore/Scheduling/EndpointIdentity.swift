#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What makes two endpoints the same one, so that waits for one job of theirs share its requests.
enum EndpointIdentity: Hashable, Sendable {
    /// Endpoints of a type that holds nothing but what it declares are the same where they declare the same.
    case declared(EndpointDeclaration)
    /// One that holds more is the same as itself, where it is registered.
    case registered(Registration)
}

/// All that an endpoint says about itself.
struct EndpointDeclaration: Hashable, Sendable {
    let type: ObjectIdentifier
    let name: EndpointName
    let provider: ProviderID
    let baseURL: URL
    let domains: [String]
    let method: RequestMethod
    let path: PathTemplate
    let idForm: IDForm
    let authorization: Authorization
    let headers: HeaderFields
    let minimumGap: Duration

    init<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) {
        type = ObjectIdentifier(Endpoint.self)
        name = endpoint.name
        provider = endpoint.provider
        baseURL = endpoint.baseURL
        domains = endpoint.domains
        method = endpoint.method
        path = endpoint.path
        idForm = endpoint.idForm
        authorization = endpoint.authorization
        headers = endpoint.headers
        minimumGap = endpoint.minimumGap
    }

    /// Hashes what tells endpoints apart that are made for each customer, or for each model; the rest is compared.
    func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(name)
        hasher.combine(provider)
        hasher.combine(baseURL)
        hasher.combine(path.text)
        hasher.combine(headers)
    }

    /// Whether an endpoint holds nothing but what it declares, so that all that its answers depend on is known.
    static func isWhole(_ endpoint: some FetchEndpoint) -> Bool {
        let mirror = Mirror(reflecting: endpoint)
        return mirror.displayStyle == .struct
            && mirror.children.allSatisfy { $0.label.map(names.contains) ?? false }
    }

    private static let names: Set = [
        "name", "provider", "baseURL", "domains", "method", "path", "idForm", "authorization", "headers", "minimumGap",
    ]
}
