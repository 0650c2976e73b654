import Foundation
import Testing

/// The source tree of this repository.
struct Repository {
    struct File: CustomTestStringConvertible, Sendable {
        let path: String
        let lines: [String]

        var testDescription: String { path }
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// Returns the files with an extension in folders, or the files that are listed themselves. Build folders are
    /// skipped.
    func files(withExtension pathExtension: String, below paths: [String]) throws -> [File] {
        try paths.flatMap { listedPath -> [File] in
            let url = root.appending(path: listedPath)
            let subpaths = try url.isDirectory ? subpaths(of: url) : [""]
            return try subpaths.sorted().compactMap { path in
                let file = path.isEmpty ? url : url.appending(path: path)
                guard file.pathExtension == pathExtension else { return nil }
                let text = try String(contentsOf: file, encoding: .utf8)
                return File(
                    path: path.isEmpty ? listedPath : "\(listedPath)/\(path)",
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                )
            }
        }
    }

    private func subpaths(of folder: URL) -> [String] {
        guard let enumerator = FileManager.default.enumerator(atPath: folder.path()) else { return [] }
        var subpaths: [String] = []
        while let path = enumerator.nextObject() as? String {
            if path.hasSuffix(".build") { enumerator.skipDescendants() } else { subpaths.append(path) }
        }
        return subpaths
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).standardized.path())
    }
}

extension URL {
    fileprivate var isDirectory: Bool {
        get throws { try resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false }
    }
}
