import Foundation
import ProviderGallery
import Testing

/// An endpoint is a small value: the gallery shows how small.
@Suite struct CodeSizeTests {
    /// The files that several endpoints use, by what is written where they are used. Their lines count for each of
    /// those endpoints, as if it had them to itself.
    private static let shared = [
        "JSONDecoder+SnakeCase.swift": ".snakeCase",
        "JSONValue+Explanation.swift": ".explanation",
        "VeoOperation.swift": "VeoOperation<",
    ]

    private let texts: [String: String]
    private let sizes: [String: Int]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ProviderGallery").standardized
        var texts: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            texts[file] = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        }
        self.texts = texts
        let endpoints = texts.filter { $0.value.contains(": FetchEndpoint {") }
        sizes = endpoints.mapValues { text in Self.used(by: text, of: texts).map(Self.lines).reduce(0, +) }
    }

    /// A text, and those of the shared files that it uses, or that these use.
    private static func used(by text: String, of texts: [String: String]) -> [String] {
        var files: Set<String> = []
        var used = [text]
        while let file = shared.first(where: { name, word in
            !files.contains(name) && used.contains { $0.contains(word) }
        }) {
            files.insert(file.key)
            used.append(texts[file.key] ?? "")
        }
        return used
    }

    private static func lines(of text: String) -> Int {
        text.split(separator: "\n").filter { line in
            let code = line.trimmingPrefix(while: \.isWhitespace)
            return !code.isEmpty && !code.hasPrefix("//")
        }.count
    }

    @Test func `each file is an endpoint, or counts for those that use it`() {
        let others = Set(texts.keys).subtracting(sizes.keys).subtracting(["ProviderGallery.swift"])
        #expect(others == Set(Self.shared.keys))
    }

    @Test func `the median endpoint has at most 40 lines of code, and none more than 90`() throws {
        let sizes = sizes.values.sorted()
        try #require(sizes.count == ProviderGallery().endpoints.count)
        #expect(sizes[sizes.count / 2] <= 40, "\(self.sizes)")
        #expect(sizes.allSatisfy { $0 <= 90 }, "\(self.sizes)")
    }
}
