import ArgumentParser
import FetchCore
import FetchManifest
import Foundation

/// Checks manifests, and optionally polls a job of one of them once.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check manifests; --try polls a job once.",
        usage: "fetchkit check <file> ... [--try <job>] [<options>]"
    )

    @Argument(help: ArgumentHelp("The manifests.", valueName: "file"))
    var files: [String]

    @Option(name: .customLong("try"), help: ArgumentHelp("Poll this job once.", valueName: "job"))
    var job: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try checkFiles()
        guard let job else { return }
        var options = connection
        options.manifests += files
        try await PollingCommand(options, output, .allJobs).get([job])
    }

    /// Prints the endpoints of the manifests, and throws for all problems of all files.
    private func checkFiles() throws {
        var registry = try EndpointRegistry.modelsLab(and: connection.manifests)
        var problems: [String] = []
        for file in files {
            do {
                let manifest = try EndpointManifest(contentsOf: URL(filePath: file))
                try registry.register(manifest)
                if job == nil { Console.print("\(file): \(manifest.name) is sound".printable) }
            } catch let error as ManifestError {
                problems.append("\(error)")
            } catch let error as FetchError {
                problems.append("\(file): \(error)".printable)
            }
        }
        if !problems.isEmpty { throw UsageError(problems.joined(separator: "\nError: ")) }
    }
}
