import FetchManifest
import Foundation

/// A manifest in `Examples/Manifests`.
struct ShippedManifest: Sendable, CustomStringConvertible {
    let url: URL

    var description: String { url.lastPathComponent }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    static let all: [Self] = {
        let folder = root.appending(path: "Examples/Manifests")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted().map { Self(url: folder.appending(path: $0)) }
    }()

    /// The manifests that together use most kinds of fields.
    static let richest = all.filter { ["fal.json", "vertex.json"].contains("\($0)") }
}
