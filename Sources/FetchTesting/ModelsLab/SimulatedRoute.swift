#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Which job a URL asks about.
struct SimulatedRoute: Hashable {
    var family: String
    var id: String
    var isEnterprise: Bool

    /// Whose key is wanted.
    var provider: ProviderID { isEnterprise ? "modelslab.enterprise" : "modelslab" }

    /// The URL's path, without the host.
    var path: String {
        let words = (isEnterprise ? Self.enterprise : Self.usual) + [family, "fetch", id]
        return words.map(PercentEncoding.encode).joined(separator: "/")
    }

    init(family: String, id: String, isEnterprise: Bool) {
        self.family = family
        self.id = id
        self.isEnterprise = isEnterprise
    }

    init(_ job: SimulatedModelsLab.Job) {
        self.init(family: job.family, id: job.id, isEnterprise: job.isEnterprise)
    }

    init?(_ url: URL) {
        // Taken apart before it is decoded: an encoded slash belongs to the id.
        let segments = url.path(percentEncoded: true).split(separator: "/", omittingEmptySubsequences: false)
        let words = segments.compactMap { PercentEncoding.decode($0) }
        guard words.count == segments.count, words.first == "" else { return nil }
        for (beginning, isEnterprise) in [(Self.usual, false), (Self.enterprise, true)] {
            let rest = words.dropFirst(beginning.count)
            guard words.starts(with: beginning), rest.count == 3, let family = rest.first, let id = rest.last else {
                continue
            }
            guard rest.dropFirst().first == "fetch", !family.isEmpty, !id.isEmpty else { continue }
            self.init(family: family, id: id, isEnterprise: isEnterprise)
            return
        }
        return nil
    }

    private static let usual = ["", "api", "v6"]
    private static let enterprise = ["", "api", "v1", "enterprise"]
}
