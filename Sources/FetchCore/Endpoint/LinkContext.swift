#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The facts with which a client completes the links in an output: the URL that relative ones refer to, and when they
/// expire.
///
/// A client passes it to ``FetchOutput/outputCompleted(by:)`` before it hands out an output.
public struct LinkContext: Sendable, Hashable {
    /// The URL of the response. `nil` if unknown.
    public var responseURL: URL?

    /// The date from which on the links may be dead: the date of the response and the endpoint's
    /// ``FetchEndpoint/artifactLifetime``. `nil` if unknown.
    public var expiryDate: Date?

    /// Creates a context, as a test does.
    ///
    /// - Parameters:
    ///   - responseURL: The URL of the response. Defaults to `nil`, which means unknown.
    ///   - expiryDate: The date from which on the links may be dead. Defaults to `nil`, which means unknown.
    public init(responseURL: URL? = nil, expiryDate: Date? = nil) {
        self.responseURL = responseURL
        self.expiryDate = expiryDate
    }

    /// Returns the URL for a relative link; `nil` if the string isn't one.
    ///
    /// Any word is a relative link to a standard. Only strings with a slash or dots at the beginning are taken for one:
    /// `/files/7`, `../files/7`, `./7` and `//files.example.com/7`.
    func url(ofRelative link: String) -> URL? {
        guard let responseURL, ["/", "./", "../"].contains(where: link.hasPrefix) else { return nil }
        // A string that isn't a link is kept in part, and `URL` percent-encodes spaces.
        guard link.utf8.count < ArtifactLink.maximumLength, !link.contains(where: \.isWhitespace) else { return nil }
        return URL(string: link)?.resolved(against: responseURL)
    }
}
