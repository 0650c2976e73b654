#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The family, id and kind of path that identify a job in a URL.
struct SimulatedRoute: Hashable {
    var family: String
    var id: String
    var isEnterprise: Bool

    /// The provider whose key the path requires.
    var provider: ProviderID { isEnterprise ? "modelslab.enterprise" : "modelslab" }

    /// The percent-encoded path.
    var path: String {
        let segments = (isEnterprise ? Self.enterprisePrefix : Self.standardPrefix) + [family, "fetch", id]
        return segments.map(PercentEncoding.encode).joined(separator: "/")
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
        // Split before decoding, since an encoded slash is part of the id.
        let encoded = url.path(percentEncoded: true).split(separator: "/", omittingEmptySubsequences: false)
        let segments = encoded.compactMap { PercentEncoding.decode($0) }
        guard segments.count == encoded.count, segments.first == "" else { return nil }
        for (prefix, isEnterprise) in [(Self.standardPrefix, false), (Self.enterprisePrefix, true)] {
            let rest = segments.dropFirst(prefix.count)
            guard segments.starts(with: prefix), rest.count == 3, let family = rest.first, let id = rest.last else {
                continue
            }
            guard rest.dropFirst().first == "fetch", !family.isEmpty, !id.isEmpty else { continue }
            self.init(family: family, id: id, isEnterprise: isEnterprise)
            return
        }
        return nil
    }

    private static let standardPrefix = ["", "api", "v6"]
    private static let enterprisePrefix = ["", "api", "v1", "enterprise"]
}
