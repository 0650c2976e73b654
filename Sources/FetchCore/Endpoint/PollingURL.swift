#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The id of a job that is polled at a URL from the provider's response.
///
/// ```swift
/// struct Picture: FetchEndpoint, Hashable {
///     let name: EndpointName = "example.picture"
///     let provider: ProviderID = "example"
///     let baseURL = URL(string: "https://api.example.com/v1")!
///     let domains = ["example.com"]
///     let method = RequestMethod.get
///     let authorization = Authorization.header("X-Key")
///
///     func answer(to id: PollingURL, from response: FetchResponse) throws -> FetchAnswer<URL> {
///         let body: Body = try response.json()
///         return body.sample.map { .succeeded($0) } ?? .pending
///     }
///
///     private struct Body: Decodable {
///         var sample: URL?
///     }
/// }
/// ```
///
/// An endpoint with such ids needs no path. If it declares one, such as `result?id={id}`, a registry uses it to
/// recognise the URLs of the endpoint's jobs: it follows the path of the ``FetchEndpoint/baseURL``, as for other
/// endpoints, on the host of the base URL and on those of the ``FetchEndpoint/domains``. So it recognises
/// `https://eu.example.com/v1/result?id=7`. The URLs that are polled needn't match it.
///
/// A job is polled only if its URL has the endpoint's own origin or belongs to one of its ``FetchEndpoint/domains``.
/// For any other URL, polling throws ``FetchError/Code/refusedURL`` before the key is looked up.
///
/// ``JobReference`` stores the entire URL, and errors contain it. A URL that contains a secret must not become an id.
public struct PollingURL: FetchID {
    /// The URL, unchanged.
    public let url: URL

    /// Creates an id from a URL.
    ///
    /// The result is `nil` if the URL can't be polled: its scheme isn't `http` or `https`, it has no valid host, or it
    /// has a fragment, a user name or a password.
    public init?(_ url: URL) {
        guard (try? Origin(of: url)) != nil, url.fragment == nil else { return nil }
        self.url = url
    }

    /// Creates an id from the string of a URL, or `nil` if the string isn't a URL that can be polled.
    public init?(_ text: String) {
        guard let url = URL(string: text), JobID(url.absoluteString) == JobID(text) else { return nil }
        self.init(url)
    }

    /// The phrase "the polling URL that the provider returned".
    public static var jobIDExpectation: String { "the polling URL that the provider returned" }

    /// The string of the URL.
    public var description: String { url.absoluteString }
}

extension FetchEndpoint where ID == PollingURL {
    /// An empty path: the id is the URL, and a registry recognises no URL as a job of this endpoint.
    public var path: PathTemplate { "" }
}
