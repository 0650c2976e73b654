#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The endpoints that a client can poll by name.
///
/// A registry is a value: it is built once and passed to a ``FetchClient``. It contains no secret, and its description
/// lists the registered names.
///
/// ```swift
/// let registry = try EndpointRegistry(.transcript, ExamplePlugin())
/// ```
public struct EndpointRegistry: Sendable {
    private var endpointsByName: [EndpointName: any FetchEndpoint] = [:]
    private var registrations: [EndpointName: EndpointIdentity] = [:]
    private var urlIndex = URLIndex()
    private var submissionPlaces = SubmissionPlaces()

    /// The providers of all registered endpoints.
    private(set) var providerSet: Set<ProviderID> = []

    /// Creates an empty registry.
    public init() {}

    /// Creates a registry of the endpoints of these plugins.
    ///
    /// - Parameter plugins: Endpoints, or plugins with several endpoints.
    /// - Throws: The errors of ``register(_:)``.
    public init<each Plugin: FetchPlugin>(_ plugins: repeat each Plugin) throws(FetchError) {
        for plugin in repeat each plugins {
            try register(plugin)
        }
    }

    /// Adds an endpoint, or all endpoints of a plugin.
    ///
    /// If it throws, the registry is unchanged.
    ///
    /// - Parameter plugin: An endpoint, or a plugin with several endpoints.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/duplicateEndpoint`` if a name is already registered,
    ///   ``FetchError/Code/malformedName`` if the name of an endpoint or provider is malformed,
    ///   ``FetchError/Code/malformedEndpoint`` or ``FetchError/Code/refusedURL`` if no request can be built from the
    ///   declarations.
    public mutating func register(_ plugin: some FetchPlugin) throws(FetchError) {
        // All endpoints are checked before the first is added, since a copy of the registry to go back to would take
        // time in proportion to its size for each plugin.
        var additions: [(endpoint: any FetchEndpoint, urls: URLIndex.Addition?)] = []
        var names: Set<EndpointName> = []
        for endpoint in plugin.endpoints {
            try check(endpoint, isNew: names.insert(endpoint.name).inserted)
            additions.append((endpoint, try URLIndex.addition(for: endpoint)))
        }
        for (endpoint, urls) in additions {
            endpointsByName[endpoint.name] = endpoint
            registrations[endpoint.name] = EndpointIdentity(Registration())
            providerSet.insert(endpoint.provider)
            submissionPlaces.insert(endpoint.submission.url)
            if let urls { urlIndex.insert(urls) }
        }
    }

    private func check(_ endpoint: some FetchEndpoint, isNew: Bool) throws(FetchError) {
        try EndpointCheck.validate(endpoint)
        guard isNew, endpointsByName[endpoint.name] == nil else {
            var error = FetchError(
                .duplicateEndpoint,
                "an endpoint named \(endpoint.name) is registered already",
                remedy: "Rename one of the two endpoints, or register the endpoint only once."
            )
            error.endpoint = endpoint.name
            throw error
        }
    }

    /// Returns the identity that an endpoint has by its registration. Copies of the registry share it.
    func registration(of name: EndpointName) -> EndpointIdentity? { registrations[name] }

    /// The names of all registered endpoints, in alphabetical order.
    public var names: [EndpointName] { endpointsByName.keys.sorted() }

    /// The providers of all registered endpoints, in alphabetical order and without duplicates.
    public var providers: [ProviderID] { providerSet.sorted() }

    /// Returns the endpoint with a name.
    ///
    /// - Parameter name: The name of a registered endpoint.
    /// - Returns: The registered endpoint.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unknownEndpoint`` if there is none. Its remedy suggests
    ///   similar names.
    public func endpoint(named name: EndpointName) throws(FetchError) -> any FetchEndpoint {
        if let endpoint = endpointsByName[name] { return endpoint }
        var error = FetchError(
            .unknownEndpoint,
            "no endpoint named \(Excerpt(name.rawValue)) is registered",
            remedy: NameSuggestion(for: name, among: names).remedy
        )
        error.endpoint = name
        throw error
    }

    /// Returns the job that a URL polls, such as the `fetch_result` URL in a provider's response.
    ///
    /// A URL belongs to an endpoint if it has the scheme, host and port of the endpoint's base URL, and matches its
    /// path template with an id of its type. For an endpoint whose ids are ``PollingURL``, the host may also belong to
    /// its ``FetchEndpoint/domains``; the path below it is the same. If several endpoints share a template, the URL
    /// belongs to the one that was registered first.
    ///
    /// - Parameter url: A URL from a provider.
    /// - Returns: The job, or `nil` if the URL belongs to no registered endpoint.
    public func reference(for url: URL) -> JobReference? {
        urlIndex.reference(for: url)
    }

    /// Returns the name of the endpoint that polls a URL in the response to a submission, at one of the places that the
    /// registered endpoints declare. `nil` if there is none.
    func endpoint(continuing response: FetchResponse) -> EndpointName? {
        let body = try? response.jsonValue()
        for place in submissionPlaces.places {
            guard let text = place.value(in: response, body)?.string else { continue }
            guard let url = URL(string: text, relativeTo: response.url)?.absoluteURL else { continue }
            if let job = reference(for: url) { return job.endpoint }
        }
        return nil
    }
}

extension EndpointRegistry: CustomStringConvertible {
    /// The names of the registered endpoints, in alphabetical order.
    public var description: String { "EndpointRegistry(\(names.map(\.rawValue).joined(separator: ", ")))" }
}
