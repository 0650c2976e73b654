import Foundation
import Testing

/// The files of this repository, as text.
struct Repository {
    struct File: CustomTestStringConvertible, Sendable {
        let path: String
        let lines: [String]

        var testDescription: String { path }
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// The files with that extension below any of these folders or files, build folders left out.
    func files(withExtension pathExtension: String, below places: [String]) throws -> [File] {
        try places.flatMap { place -> [File] in
            let url = root.appending(path: place)
            let paths = try url.isDirectory ? FileManager.default.subpathsOfDirectory(atPath: url.path()) : [""]
            return try paths.filter { !$0.contains(".build") }.sorted().compactMap { path in
                let file = path.isEmpty ? url : url.appending(path: path)
                guard file.pathExtension == pathExtension else { return nil }
                let text = try String(contentsOf: file, encoding: .utf8)
                return File(
                    path: path.isEmpty ? place : "\(place)/\(path)",
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                )
            }
        }
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
