import Foundation
import Testing

#if canImport(Musl)
    import Musl
#elseif canImport(Glibc)
    import Glibc
#endif

/// The public concrete types of the library's modules, read from the compiler's symbol graphs.
struct PublicTypes {
    /// The qualified names, such as `FetchCore.FetchUpdates.Iterator`.
    let names: Set<String>

    /// Reads the symbol graph of each module from a folder.
    init(modules: [String], graphs folder: URL) throws {
        names = try modules.reduce(into: []) { names, module in
            let data = try Data(contentsOf: folder.appending(path: "\(module).symbols.json"))
            let graph = try JSONDecoder().decode(Graph.self, from: data)
            let types = graph.symbols.filter { Self.kinds.contains($0.kind.identifier) && $0.accessLevel == "public" }
            names.formUnion(types.map { ([module] + $0.pathComponents).joined(separator: ".") })
        }
    }

    /// The kinds of symbols that have values. Protocols are covered by the types that conform to them.
    private static let kinds: Set = ["swift.struct", "swift.class", "swift.enum", "swift.actor"]

    private struct Graph: Decodable {
        let symbols: [Symbol]
    }

    private struct Symbol: Decodable {
        let kind: Kind
        let pathComponents: [String]
        let accessLevel: String
    }

    private struct Kind: Decodable {
        let identifier: String
    }
}

extension PublicTypes {
    /// Returns the modules of the library. Only modules with a documentation catalogue are products.
    static func modules() throws -> [String] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
        return try FileManager.default.contentsOfDirectory(atPath: sources.path())
            .filter { FileManager.default.fileExists(atPath: sources.appending(path: "\($0)/\($0).docc").path()) }
            .sorted()
    }

    /// Returns the public types of the modules that this test was built with.
    static func built() throws -> Self {
        let executable = try #require(Bundle.main.executableURL)
        let folder = FileManager.default.temporaryDirectory.appending(path: "graphs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let modules = try modules()
        for module in modules {
            try run(
                "swift-symbolgraph-extract",
                "-module-name",
                module,
                "-minimum-access-level",
                "public",
                "-I",
                executable.deletingLastPathComponent().appending(path: "Modules").path(),
                "-target",
                targetTriple(),
                "-output-dir",
                folder.path(),
                "-Xcc",
                "-fmodule-map-file=\(try curlFunctions().path())"
            )
        }
        return try Self(modules: modules, graphs: folder)
    }

    /// Returns the module map of the C module that FetchCurl imports.
    private static func curlFunctions() throws -> URL {
        let executable = try #require(Bundle.main.executableURL)
        return executable.deletingLastPathComponent().appending(path: "CurlFunctions.build/module.modulemap")
    }

    private static func targetTriple() throws -> String {
        struct TargetInfo: Decodable {
            let target: Target
        }
        struct Target: Decodable {
            let triple: String
        }
        return try JSONDecoder().decode(TargetInfo.self, from: run("swift", "-print-target-info")).target.triple
    }

    /// Runs a command and returns its output.
    ///
    /// This function does not use `Process`: on Linux (Swift 6.3), that reads the process's descriptor names beyond the
    /// end of its buffer. With the 1,300 descriptors that socket tests have open, the read crashes the process.
    @discardableResult
    private static func run(_ command: String...) throws -> Data {
        let output = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output.path(), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        try #require(posix_spawnp(&child, command[0], &actions, nil, &arguments, environ) == 0, "\(command[0])")
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        try #require(status == 0, "\(command.joined(separator: " ")) failed")
        return try Data(contentsOf: output)
    }
}

extension PublicTypes {
    /// True if the compiler and its modules are at the paths that SwiftPM uses on Linux.
    static var canBeListed: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }
}
