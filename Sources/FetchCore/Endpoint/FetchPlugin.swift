/// A type that provides one or more endpoints to register together.
///
/// Every ``FetchEndpoint`` is a plugin that provides itself. A package for an entire provider can define a plugin with
/// all its endpoints:
///
/// ```swift
/// struct ExamplePlugin: FetchPlugin {
///     var endpoints: [any FetchEndpoint] { [Transcript(), Rendering()] }
/// }
/// ```
///
/// ```swift
/// var registry = EndpointRegistry()
/// try registry.register(ExamplePlugin())
/// ```
public protocol FetchPlugin: Sendable {
    /// The endpoints of the plugin. If one of them can't be registered, none is.
    var endpoints: [any FetchEndpoint] { get }
}
