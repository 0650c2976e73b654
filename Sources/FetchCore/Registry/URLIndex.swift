#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finds the endpoint that owns a URL without trying them all.
///
/// Endpoints are filed under the literal text in front of their first place, cut back to a whole segment. A URL is
/// looked up under each of its own beginnings, the longest first.
struct URLIndex: Sendable {
    private struct Entry: Sendable {
        let name: EndpointName
        let values: @Sendable (Substring) -> String?
    }

    /// Longer than any URL with an id in it, and short enough to be looked up at once.
    private static let longest = 8_192

    private var entriesByBeginning: [String: [Entry]] = [:]

    mutating func insert<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) throws(FetchError) {
        let path = endpoint.path
        guard try path.hasPlace() else { return }
        let prefix = try BaseURL(endpoint.baseURL).prefix(of: path)
        var beginning = prefix
        if case .literal(let literal)? = try path.parts().first { beginning += literal }
        beginning = beginning.upToLastSlash
        let entry = Entry(name: endpoint.name) { text in
            guard
                let values = path.values(in: text.dropFirst(prefix.count)),
                let id = Endpoint.ID(templateValues: values),
                let parsed = try? Endpoint.ID(parsing: id.description, for: endpoint.name),
                // 007 in a URL isn't the job 7, and an id that couldn't be asked about owns nothing.
                values.allSatisfy({ parsed.templateValues[$0.key] == $0.value }),
                (try? path.expanded(with: parsed)) != nil
            else { return nil }
            return parsed.description
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
                if let id = entry.values(text) { return try? JobReference(endpoint: entry.name, id: id) }
            }
            beginning.removeLast()
        }
        return nil
    }
}

extension String {
    fileprivate var upToLastSlash: String {
        lastIndex(of: "/").map { String(self[...$0]) } ?? self
    }
}
