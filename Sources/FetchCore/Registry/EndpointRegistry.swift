#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The endpoints that a client can be asked for by name.
///
/// A registry is a value: it is built once and handed to a ``FetchClient``. It holds no secret, and its description
/// lists the names in it.
///
/// ```swift
/// let registry = try EndpointRegistry(.transcript, ExamplePlugin())
/// ```
public struct EndpointRegistry: Sendable {
    private var endpointsByName: [EndpointName: any FetchEndpoint] = [:]
    private var registrations: [EndpointName: EndpointIdentity] = [:]
    private var urlIndex = URLIndex()

    /// Creates an empty registry.
    public init() {}

    /// Creates a registry of these plugins.
    ///
    /// - Throws: What ``register(_:)`` throws.
    public init<each Plugin: FetchPlugin>(_ plugins: repeat each Plugin) throws(FetchError) {
        for plugin in repeat each plugins {
            try register(plugin)
        }
    }

    /// Adds an endpoint, or all endpoints of a plugin.
    ///
    /// - Throws: ``FetchError``, and leaves the registry as it was, with the code
    ///   ``FetchError/Code/duplicateEndpoint`` where a name is taken, ``FetchError/Code/malformedName`` where a name or
    ///   provider isn't well formed, ``FetchError/Code/malformedEndpoint`` or ``FetchError/Code/refusedURL`` where no
    ///   request can be made of path and base URL.
    public mutating func register(_ plugin: some FetchPlugin) throws(FetchError) {
        var extended = self
        for endpoint in plugin.endpoints {
            try extended.add(endpoint)
        }
        self = extended
    }

    private mutating func add(_ endpoint: some FetchEndpoint) throws(FetchError) {
        try EndpointCheck.validate(endpoint)
        guard endpointsByName.updateValue(endpoint, forKey: endpoint.name) == nil else {
            var error = FetchError(
                .duplicateEndpoint,
                "an endpoint named \(endpoint.name) is registered already",
                remedy: "Give one of the two another name, or register it once."
            )
            error.endpoint = endpoint.name
            throw error
        }
        registrations[endpoint.name] = EndpointIdentity(Registration())
        try urlIndex.insert(endpoint)
    }

    /// Returns the identity that an endpoint has by its registration. Copies of the registry share it.
    func registration(of name: EndpointName) -> EndpointIdentity? { registrations[name] }

    /// The names of all endpoints, in alphabetical order.
    public var names: [EndpointName] { endpointsByName.keys.sorted() }

    /// The providers of all endpoints, each once, in alphabetical order.
    public var providers: [ProviderID] { Set(endpointsByName.values.map(\.provider)).sorted() }

    /// The endpoint of that name.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unknownEndpoint``, which lists names that are near.
    public func endpoint(named name: EndpointName) throws(FetchError) -> any FetchEndpoint {
        if let endpoint = endpointsByName[name] { return endpoint }
        var error = FetchError(
            .unknownEndpoint,
            "no endpoint named \(Excerpt(name.text)) is registered",
            remedy: NearNames(to: name, among: names).remedy
        )
        error.endpoint = name
        throw error
    }

    /// The job that a URL from a provider's answer asks about, or nil where no registered endpoint owns it.
    ///
    /// An endpoint owns a URL of its own scheme, host and port that fits its path template, with an id of its type.
    /// Where two endpoints share a template, the one that was registered first owns the URL.
    public func reference(for url: URL) -> JobReference? {
        urlIndex.reference(for: url)
    }
}

extension EndpointRegistry: CustomStringConvertible {
    /// The names of the endpoints.
    public var description: String { "EndpointRegistry(\(names.map(\.text).joined(separator: ", ")))" }
}
