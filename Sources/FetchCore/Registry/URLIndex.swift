#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An index from URLs to endpoints.
///
/// The key of an endpoint is a hash of the literal text before its first placeholder, up to the last slash. A lookup
/// tries all prefixes of the URL that end with a slash, the longest first. Endpoints whose ids are URLs are tried last,
/// since their templates may match any URL of their provider.
struct URLIndex: Sendable {
    struct Entry: Sendable {
        let name: EndpointName
        /// The literal text before the first placeholder.
        let prefix: [UInt8]
        /// Returns the id in the rest of a URL, or `nil` if the rest doesn't match.
        let id: @Sendable (ArraySlice<UInt8>) -> String?
    }

    /// An endpoint whose ids are URLs. Its matcher applies to the part after the origin: the path of the base URL, and
    /// the endpoint's own path.
    struct URLEndpoint: Sendable {
        let name: EndpointName
        let origin: Origin
        let domains: [String]
        let matcher: TemplateMatcher
    }

    private var entriesByPrefix: [PrefixHash: [Entry]] = [:]
    /// The length in bytes of the shortest key.
    private var minimumPrefixLength = Int.max
    private var urlEndpoints: [URLEndpoint] = []

    /// An endpoint that is prepared for ``insert(_:)``.
    enum Addition: Sendable {
        case entry(Entry)
        case urlEndpoint(URLEndpoint)
    }

    mutating func insert(_ addition: Addition) {
        switch addition {
        case .urlEndpoint(let endpoint): urlEndpoints.append(endpoint)
        case .entry(let entry):
            let end = entry.prefix.lastIndex(of: UInt8(ascii: "/")) ?? entry.prefix.startIndex
            var hash = PrefixHash()
            for byte in entry.prefix[...end] { hash.add(byte) }
            entriesByPrefix[hash, default: []].append(entry)
            minimumPrefixLength = min(minimumPrefixLength, end + 1)
        }
    }

    /// Returns the entry of an endpoint, or `nil` if no URL contains its ids. Throws if its templates are malformed.
    static func addition<Endpoint: FetchEndpoint>(for endpoint: Endpoint) throws(FetchError) -> Addition? {
        let base = try BaseURL(endpoint.baseURL)
        let name = endpoint.name
        if Endpoint.ID.self == PollingURL.self {
            let path = try endpoint.path.parts()
            guard !path.isEmpty else { return nil }
            let basePath = base.prefix(of: endpoint.path).dropFirst(base.origin.description.count + 1)
            let parts = basePath.isEmpty ? path : [.literal(String(basePath))] + path
            let matcher = TemplateMatcher(parts, excludes: PathTemplate.excludes, read: PathTemplate.value)
            return .urlEndpoint(
                URLEndpoint(name: name, origin: base.origin, domains: endpoint.domains, matcher: matcher)
            )
        }
        let composeID = try endpoint.idForm.composer()
        guard try endpoint.path.hasPlaceholder() else { return nil }
        let pattern = try URLPattern(base.prefix(of: endpoint.path), endpoint.path)
        return .entry(
            Entry(name: name, prefix: pattern.prefix) { rest in
                guard
                    let values = pattern.values(inRest: rest),
                    let id = composeID(values),
                    // An id must be in its canonical form: `007` isn't the job 7.
                    (try? Endpoint.ID(parsing: id, for: name)) != nil
                else { return nil }
                return id
            }
        )
    }

    func reference(for url: URL) -> JobReference? {
        guard let text = NormalizedURL.bytes(of: url) else { return nil }
        let candidates = candidates(for: text)
        if let reference = reference(for: text, among: candidates.longest) { return reference }
        for entries in candidates.shorter.reversed() {
            if let reference = reference(for: text, among: entries) { return reference }
        }
        guard !urlEndpoints.isEmpty, let origin = try? Origin(of: url) else { return nil }
        let path = text.dropFirst(origin.description.utf8.count + 1)
        let endpoint = urlEndpoints.first { endpoint in
            (endpoint.origin == origin || origin.isWithin(endpoint.domains)) && endpoint.matcher.values(in: path) != nil
        }
        return endpoint.flatMap { try? JobReference(endpoint: $0.name, id: url.absoluteString) }
    }

    private func reference(for text: [UInt8], among entries: [Entry]) -> JobReference? {
        for entry in entries where text.starts(with: entry.prefix) {
            guard let id = entry.id(text[entry.prefix.count...]) else { continue }
            return JobReference(registered: entry.name, checked: id)
        }
        return nil
    }

    /// Returns the entries for each prefix of a string.
    ///
    /// The entries of the longest prefix are separate, since there are seldom others and an array of arrays would be
    /// allocated for them.
    private func candidates(for text: [UInt8]) -> (longest: [Entry], shorter: [[Entry]]) {
        var (longest, shorter): ([Entry], [[Entry]]) = ([], [])
        var hash = PrefixHash()
        for (index, byte) in text.enumerated() {
            hash.add(byte)
            guard byte == UInt8(ascii: "/"), index + 1 >= minimumPrefixLength else { continue }
            guard let entries = entriesByPrefix[hash] else { continue }
            if !longest.isEmpty { shorter.append(longest) }
            longest = entries
        }
        return (longest, shorter)
    }
}
