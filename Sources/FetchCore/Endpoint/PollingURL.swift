#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The id of a job that is asked about at a URL that the provider gave, and nowhere else.
///
/// ```swift
/// struct Picture: FetchEndpoint {
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
/// An endpoint with such ids needs no path; where it has one, as `v1/result?id={id}`, that says which URLs a registry takes
/// for jobs. It is asked there only if the URL is of its own origin or of one of its
/// ``FetchEndpoint/domains``; anything else is ``FetchError/Code/refusedURL`` before a key is looked up.
///
/// A job reference holds the whole URL, and errors show it. A URL with a secret in it must not become an id.
public struct PollingURL: FetchID {
    /// The URL as it was given.
    public let url: URL

    /// Creates an id from a URL, or nil where it can't be asked: it isn't http or https, names no host, has a fragment or
    /// carries a user name or password.
    public init?(_ url: URL) {
        guard (try? Origin(of: url)) != nil, url.fragment == nil else { return nil }
        self.url = url
    }

    /// Creates an id from a URL's text, or nil where that is none that could be asked.
    public init?(_ text: String) {
        guard let url = URL(string: text), url.absoluteString == text else { return nil }
        self.init(url)
    }

    /// What such an id looks like.
    public static var jobIDExpectation: String { "the URL that the provider gave for asking" }

    /// The URL's text.
    public var description: String { url.absoluteString }
}

extension FetchEndpoint where ID == PollingURL {
    /// Nothing: the id says where to ask, and no URL is taken for a job of this endpoint.
    public var path: PathTemplate { "" }
}
