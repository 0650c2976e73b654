#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Artifact {
    /// Creates an artifact from a response whose body is the file.
    ///
    /// The media type is that of the `Content-Type` header, in lowercase and without parameters.
    ///
    /// - Parameter response: A response with the file as its body.
    /// - Throws: The error of ``FetchResponse/requireSuccess()`` if the status isn't 2xx, so that an error page isn't
    ///   mistaken for a file. ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the body is empty.
    public init(_ response: FetchResponse) throws(FetchError) {
        try response.requireSuccess()
        if response.body.isEmpty { throw response.malformedResponseError("the file is empty") }
        let type = response.headers["Content-Type"]?.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        self.init(.data(response.body), mediaType: type?.isEmpty == false ? type?.lowercased() : nil)
    }

    /// Creates an artifact from a string that has to be a link.
    ///
    /// A relative link with a slash or dots at the beginning, such as `/files/7` or `../files/7`, refers to the URL of
    /// the response. A `data:` URL becomes its bytes. Any other string is ``Content/unusable(_:problem:)``, unless a
    /// mirror can be used: then the first of them takes its place.
    ///
    /// - Parameters:
    ///   - text: A string of the response.
    ///   - response: The response.
    ///   - mediaType: The media type, if the provider states it. Defaults to that of the file extension.
    ///   - mirrors: Strings of the response with other links to the same file. Those that can't be used are left out.
    ///     Defaults to none.
    ///   - needsKey: Pass true if the download wants the provider's key.
    public init(
        link text: String,
        in response: FetchResponse,
        mediaType: String? = nil,
        mirrors: [String] = [],
        needsKey: Bool = false
    ) {
        let links = LinkContext(responseURL: response.url)
        let mirrors = mirrors.compactMap { links.url(ofRelative: $0) ?? URL(string: $0) }
        // `URL` percent-encodes spaces, so a sentence is parsed as a URL too.
        if let url = links.url(ofRelative: text) ?? URL(string: text), !text.contains(where: \.isWhitespace) {
            self.init(link: url, mediaType: mediaType, mirrors: mirrors, needsKey: needsKey)
        } else {
            let content = ArtifactLink.unusable(text, because: "it is not a URL")
            self.init(content, mediaType: mediaType, mirrors: mirrors, needsKey: needsKey)
        }
    }

    /// Returns the artifact with a complete link and its expiry date.
    ///
    /// - Parameter links: What the client knows of the links.
    /// - Returns: The artifact. A relative link that was unusable is resolved. A date that the artifact has is kept.
    public func outputCompleted(by links: LinkContext) -> Artifact {
        var artifact = self
        if case .unusable(let text, _) = content, let url = links.url(ofRelative: text) {
            artifact.content = .url(url)
            artifact.mediaType = mediaType ?? MediaType.named(byExtension: url.pathExtension)
        }
        if artifact.url != nil { artifact.expiryDate = artifact.expiryDate ?? links.expiryDate }
        return artifact
    }
}

extension [Artifact] {
    /// Throws if there are artifacts, and none of them can be used.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unusableOutput``.
    func requireUsable() throws(FetchError) {
        guard let problem = first?.problem, allSatisfy({ $0.problem != nil }) else { return }
        let subject = count == 1 ? "its output is unusable" : "none of its \(count) outputs is usable"
        throw FetchError(
            .unusableOutput,
            "the job is done, but \(subject): \(problem)",
            remedy: "Compare the response with the outputs that the endpoint reads."
        )
    }
}
