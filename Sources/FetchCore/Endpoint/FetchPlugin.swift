/// One or more endpoints that are registered together.
///
/// Every ``FetchEndpoint`` is a plugin of itself. A package that speaks for a whole provider offers one more:
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
    /// What the plugin brings. All of them are registered, or none.
    var endpoints: [any FetchEndpoint] { get }
}
