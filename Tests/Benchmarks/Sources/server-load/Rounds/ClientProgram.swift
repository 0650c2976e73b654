import Foundation

/// The executable of a client with its arguments, without the server's URL.
struct ClientProgram {
    var executable: URL
    var arguments: [String]

    /// Finds or builds a client's program. Fails if the client's language isn't installed.
    ///
    /// - Parameters:
    ///   - name: The client.
    ///   - scratch: The directory for built programs.
    /// - Throws: ``LoadFailure`` if a program can't be built.
    init?(_ name: ClientName, scratch: URL) throws {
        switch name {
        case .node:
            guard let node = Self.find("node") else { return nil }
            self.init(executable: node, arguments: [Self.sources.appending(path: "node/client.mjs").path])
        case .go:
            guard let go = Self.find("go") else { return nil }
            let program = scratch.appending(path: "go-client")
            try Self.build(go, ["build", "-o", program.path, "."], in: Self.sources.appending(path: "go"))
            self.init(executable: program, arguments: [])
        case .libcurl, .curlTransport, .fetchKitCurl, .fetchKitURLSession, .urlSession:
            guard let own = Bundle.main.executableURL else { return nil }
            self.init(executable: own, arguments: ["client", name.rawValue])
        }
    }

    private init(executable: URL, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// The directory with the sources in other languages.
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Clients")

    private static func find(_ program: String) -> URL? {
        let directories = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return directories.map { URL(filePath: String($0)).appending(path: program) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    private static func build(_ compiler: URL, _ arguments: [String], in directory: URL) throws {
        let process = Process()
        process.executableURL = compiler
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw LoadFailure("\(compiler.lastPathComponent) failed to build its client.")
        }
    }
}
