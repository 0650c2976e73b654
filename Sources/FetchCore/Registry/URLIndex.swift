#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finds the endpoint that owns a URL without trying them all.
///
/// Endpoints are filed under the literal text in front of their first place, cut back to a whole segment. A URL is
/// looked up under each of its own beginnings, the longest first. Those whose ids are URLs come last, since they own
/// whatever is of their provider.
struct URLIndex: Sendable {
    private struct Entry: Sendable {
        let name: EndpointName
        let id: @Sendable (Substring) -> String?
    }

    /// Longer than any URL with an id in it, and short enough to be looked up at once.
    private static let longest = 8_192

    private var entriesByBeginning: [String: [Entry]] = [:]
    private var owners: [(name: EndpointName, origin: Origin, domains: [String])] = []

    mutating func insert<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) throws(FetchError) {
        let base = try BaseURL(endpoint.baseURL)
        if Endpoint.ID.self == PollingURL.self {
            owners.append((endpoint.name, base.origin, endpoint.domains))
            return
        }
        let (path, form) = (endpoint.path, endpoint.idForm)
        guard try path.hasPlace() else { return }
        let prefix = base.prefix(of: path)
        var beginning = prefix
        if case .literal(let literal)? = try path.parts().first { beginning += literal }
        beginning = beginning.upToLastSlash
        let entry = Entry(name: endpoint.name) { text in
            guard
                let values = path.values(in: text.dropFirst(prefix.count)),
                let id = form.id(of: values),
                // 007 in a URL isn't the job 7, and an id that couldn't be asked about owns nothing.
                (try? Endpoint.ID(parsing: id, for: endpoint.name)) != nil,
                (try? path.expanded(with: values)) != nil
            else { return nil }
            return id
        }
        entriesByBeginning[beginning, default: []].append(entry)
    }

    func reference(for url: URL) -> JobReference? {
        guard
            url.absoluteString.utf8.count <= Self.longest,
            let origin = try? Origin(of: url), url.fragment == nil
        else { return nil }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        let text = (origin.description + url.path(percentEncoded: true) + query)[...]
        var beginning = text
        while let slash = beginning.lastIndex(of: "/") {
            beginning = beginning[...slash]
            for entry in entriesByBeginning[String(beginning)] ?? [] {
                if let id = entry.id(text) { return try? JobReference(endpoint: entry.name, id: id) }
            }
            beginning.removeLast()
        }
        let owner = owners.first { $0.origin == origin || origin.isWithin($0.domains) }
        return owner.flatMap { try? JobReference(endpoint: $0.name, id: url.absoluteString) }
    }
}

extension String {
    fileprivate var upToLastSlash: String {
        lastIndex(of: "/").map { String(self[...$0]) } ?? self
    }
}
