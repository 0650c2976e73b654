import Foundation
import ProviderGallery
import Testing

@Suite("Code size of endpoints") struct CodeSizeTests {
    /// The files that several endpoints share, with the text that identifies a use. Their lines count for each endpoint
    /// that uses them.
    private static let shared = [
        "VeoOperation.swift": "VeoOperation<"
    ]

    private let sources: [String: String]
    private let sizes: [String: Int]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ProviderGallery").standardized
        var sources: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            sources[file] = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        }
        self.sources = sources
        let endpoints = sources.filter { $0.value.contains(": FetchEndpoint, Hashable {") }
        sizes = endpoints.mapValues { source in Self.used(by: source, of: sources).map(Self.lines).reduce(0, +) }
    }

    /// Returns a source file and the shared files that it uses directly or indirectly.
    private static func used(by source: String, of sources: [String: String]) -> [String] {
        var files: Set<String> = []
        var used = [source]
        while let file = shared.first(where: { name, marker in
            !files.contains(name) && used.contains { $0.contains(marker) }
        }) {
            files.insert(file.key)
            used.append(sources[file.key] ?? "")
        }
        return used
    }

    private static func lines(of source: String) -> Int {
        source.split(separator: "\n").filter { line in
            let code = line.trimmingPrefix(while: \.isWhitespace)
            return !code.isEmpty && !code.hasPrefix("//")
        }.count
    }

    @Test func `each file is an endpoint or a known shared file`() {
        let others = Set(sources.keys).subtracting(sizes.keys).subtracting(["ProviderGallery.swift"])
        #expect(others == Set(Self.shared.keys))
    }

    @Test func `the median endpoint has at most 40 lines of code, and none more than 90`() throws {
        let sizes = sizes.values.sorted()
        try #require(sizes.count == ProviderGallery().endpoints.count)
        #expect(sizes[sizes.count / 2] <= 40, "\(self.sizes)")
        #expect(sizes.allSatisfy { $0 <= 90 }, "\(self.sizes)")
    }
}
