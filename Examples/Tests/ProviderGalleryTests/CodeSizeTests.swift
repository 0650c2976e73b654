import Foundation
import ProviderGallery
import Testing

/// An endpoint is a small value: the gallery shows how small.
@Suite struct CodeSizeTests {
    private static let sizes: [String: Int] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ProviderGallery").standardized
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        let pairs = files.compactMap { file -> (String, Int)? in
            let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
            // What endpoints share would make the median look smaller than they are.
            guard text.contains(": FetchEndpoint {") else { return nil }
            return (file, text.split(separator: "\n").filter(isCode).count)
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()

    private static func isCode(_ line: Substring) -> Bool {
        let text = line.trimmingPrefix(while: \.isWhitespace)
        return !text.isEmpty && !text.hasPrefix("//")
    }

    @Test func `the median endpoint has at most 40 lines of code, and none more than 90`() throws {
        let sizes = Self.sizes.values.sorted()
        try #require(sizes.count == ProviderGallery().endpoints.count)
        #expect(sizes[sizes.count / 2] <= 40, "\(Self.sizes)")
        #expect(sizes.allSatisfy { $0 <= 90 }, "\(Self.sizes)")
    }
}
