#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finds the endpoint that owns a URL without trying them all.
///
/// Endpoints are filed under a hash of the literal text in front of their first place, cut back to a whole segment. A URL
/// is looked up under each of its own beginnings, the longest first. Those whose ids are URLs come last, since they own
/// whatever is of their provider.
struct URLIndex: Sendable {
    private struct Entry: Sendable {
        let name: EndpointName
        let prefix: [UInt8]
        let id: @Sendable (ArraySlice<UInt8>) -> String?
    }

    /// An endpoint whose ids are URLs, and what they look like behind the host.
    private struct Owner: Sendable {
        let name: EndpointName
        let origin: Origin
        let domains: [String]
        let matcher: TemplateMatcher
    }

    private var entriesByBeginning: [PrefixHash: [Entry]] = [:]
    private var shortestBeginning = Int.max
    private var owners: [Owner] = []

    mutating func insert<Endpoint: FetchEndpoint>(_ endpoint: Endpoint) throws(FetchError) {
        let base = try BaseURL(endpoint.baseURL)
        let name = endpoint.name
        if Endpoint.ID.self == PollingURL.self {
            let parts = try endpoint.path.parts()
            guard !parts.isEmpty else { return }
            let matcher = TemplateMatcher(parts, keepsOut: PathTemplate.keepsOut, read: PathTemplate.value)
            owners.append(Owner(name: name, origin: base.origin, domains: endpoint.domains, matcher: matcher))
            return
        }
        let idOf = try endpoint.idForm.composer()
        var parts = try endpoint.path.parts()[...]
        guard !parts.placeNames.isEmpty else { return }
        var prefix = base.prefix(of: endpoint.path)
        if case .literal(let literal)? = parts.first {
            prefix += literal
            parts.removeFirst()
        }
        let matcher = TemplateMatcher(parts, keepsOut: PathTemplate.keepsOut, read: PathTemplate.value)
        let entry = Entry(name: name, prefix: Array(prefix.utf8)) { rest in
            guard
                let values = matcher.values(in: rest),
                let id = idOf(values),
                // 007 in a URL isn't the job 7.
                (try? Endpoint.ID(parsing: id, for: name)) != nil
            else { return nil }
            return id
        }
        let end = entry.prefix.lastIndex(of: UInt8(ascii: "/")) ?? entry.prefix.startIndex
        var beginning = PrefixHash()
        for byte in entry.prefix[...end] { beginning.add(byte) }
        entriesByBeginning[beginning, default: []].append(entry)
        shortestBeginning = min(shortestBeginning, end + 1)
    }

    func reference(for url: URL) -> JobReference? {
        guard let text = ComparableURL.bytes(of: url) else { return nil }
        let candidates = candidates(for: text)
        if let reference = reference(for: text, among: candidates.longest) { return reference }
        for entries in candidates.shorter.reversed() {
            if let reference = reference(for: text, among: entries) { return reference }
        }
        guard !owners.isEmpty, let origin = try? Origin(of: url) else { return nil }
        let place = text.dropFirst(origin.description.utf8.count + 1)
        let owner = owners.first { owner in
            (owner.origin == origin || origin.isWithin(owner.domains)) && owner.matcher.values(in: place) != nil
        }
        return owner.flatMap { try? JobReference(endpoint: $0.name, id: url.absoluteString) }
    }

    private func reference(for text: [UInt8], among entries: [Entry]) -> JobReference? {
        for entry in entries where text.starts(with: entry.prefix) {
            guard let id = entry.id(text[entry.prefix.count...]) else { continue }
            return JobReference(registered: entry.name, checked: id)
        }
        return nil
    }

    /// What is filed under the beginnings of a text. There is seldom more than one.
    private func candidates(for text: [UInt8]) -> (longest: [Entry], shorter: [[Entry]]) {
        var (longest, shorter): ([Entry], [[Entry]]) = ([], [])
        var beginning = PrefixHash()
        for (index, byte) in text.enumerated() {
            beginning.add(byte)
            guard byte == UInt8(ascii: "/"), index + 1 >= shortestBeginning else { continue }
            guard let entries = entriesByBeginning[beginning] else { continue }
            if !longest.isEmpty { shorter.append(longest) }
            longest = entries
        }
        return (longest, shorter)
    }
}
