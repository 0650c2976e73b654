import ArgumentParser
import Foundation
import Measuring

/// The subcommand that compares FetchKit with curl.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(help: "The number of rounds of each load.")
    var rounds = 5

    @Option(help: "The size of the large file in MiB. 0 omits it.")
    var large = 1_024

    @Option(help: "The number of small files. 0 omits them.")
    var files = 10_000

    @Option(help: "The size of a small file in bytes.")
    var bytes = 1_000

    @Option(name: .customLong("at-once"), help: "The number of small files at once.")
    var atOnce = 16

    @Option(help: "The folder in which a folder for the files is created. Defaults to that for temporary files.")
    var directory: String?

    @Option(help: "The path of curl.")
    var curl = "/usr/bin/curl"

    func validate() throws {
        guard rounds > 0, large >= 0, files >= 0, bytes > 0, atOnce > 0 else {
            throw ValidationError("All numbers must be positive.")
        }
    }

    func run() throws {
        let parent = directory.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? .temporaryDirectory
        let scratch = parent.appending(path: "downloads-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let server = try ServerProcess()
        defer { server.stop() }
        let comparison = Comparison(server: server.url, curl: URL(filePath: curl), scratch: scratch, rounds: rounds)
        var figures: [DownloadFigure] = []
        if large > 0 { figures += try comparison.figures(of: FileLoad(files: 1, bytes: large << 20, atOnce: 1)) }
        if files > 0 { figures += try comparison.figures(of: FileLoad(files: files, bytes: bytes, atOnce: atOnce)) }
        let misses = figures.compactMap(\.miss)
        for miss in misses { FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8)) }
        if !misses.isEmpty { throw ExitCode.failure }
    }
}
