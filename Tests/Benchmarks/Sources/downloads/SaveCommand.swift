import ArgumentParser
import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import Measuring

/// The subcommand that downloads with FetchKit, and prints its memory.
struct SaveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Downloads files with FetchKit, and prints the bytes of memory at its start and at its peak."
    )

    @Option(help: "The URL of the server.")
    var server: String

    @Option(help: "The folder for the files.")
    var directory: String

    @Option(help: "The number of files.")
    var files: Int

    @Option(help: "The size of each file in bytes.")
    var bytes: Int

    @Option(name: .customLong("at-once"), help: "The number of files at once.")
    var atOnce: Int

    @Flag(help: "Write each file out to its disk.")
    var durable = false

    func run() async throws {
        let start = Memory.resident
        guard let server = URL(string: server) else { throw ValidationError("The server has no URL.") }
        let load = FileLoad(files: files, bytes: bytes, atOnce: atOnce)
        let directory = URL(filePath: directory, directoryHint: .isDirectory)
        let downloads = Downloads(
            transport: try .curl,
            configuration: Downloads.Configuration(
                addresses: .any,
                plainHTTPHosts: ["127.0.0.1"],
                maximumDownloads: atOnce,
                downloadsPerHost: atOnce,
                isDurable: durable
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            // All at the same time: the downloads have their own limits.
            for number in 0..<files {
                group.addTask {
                    let artifact = Artifact(link: load.url(of: number, at: server))
                    _ = try await downloads.save(artifact, as: .named(load.name(of: number)), in: directory)
                }
            }
            try await group.waitForAll()
        }
        print(start, Memory.peak)
    }
}
