#if os(macOS) || os(Linux)
    import Foundation

    /// A small source tree in a temporary folder, which is deleted with the last reference.
    final class SourceTree {
        private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

        /// Writes files with these contents at relative paths.
        init(_ files: [String: String]) throws {
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// Runs a script in `.ci` on the tree, with a page of the tree if it reads one.
        func run(_ script: String, _ arguments: [String] = [], page: String? = nil) throws -> ScriptRun {
            let options = page.map { ["--page", folder.appending(path: $0).path()] } ?? []
            return try ScriptRun(script, ["--sources", folder.path()] + options + arguments)
        }
    }
#endif
