import FetchCore
import FetchDownload
import Foundation

/// A program that waits until a job is done, and saves its outputs as files. Without arguments, the job is simulated.
///
///     swift run --package-path Examples save-results [<job> <folder>]
@main
enum SaveResults {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let service = try arguments.isEmpty ? Service.simulated() : Service.real()
        defer { service.stop() }
        do {
            let job = try service.client.registry.job(arguments.first ?? Service.sampleJob)
            let folder = try folder(arguments.dropFirst().first)
            let hasSavedAll = try await save(job, in: folder, with: service)
            exit(hasSavedAll ? 0 : 1)
        } catch let error as FetchError {
            // The description has the job, the cause and the remedy, and no key.
            printError("\(error)")
            exit(1)
        }
    }

    /// Saves the outputs of a job, and prints what is known of each file.
    private static func save(_ job: JobReference, in folder: URL, with service: Service) async throws -> Bool {
        // Parts of files that an earlier run has left, because it was killed, and with which this one can't go on.
        try await service.downloads.removeStaleParts(in: folder)
        let saved = try await service.client.download(outputsOf: job, into: folder, with: service.downloads)
        for file in saved.files {
            print(file.url.path(percentEncoded: false))
            print("  \(file.bytes) bytes of \(file.mediaType ?? "an unknown type"), proof: \(file.proof)")
        }
        for failure in saved.failures { printError("Output \(failure.index): \(failure.error)") }
        return saved.failures.isEmpty
    }

    /// Returns the folder with a path, which is created if it doesn't exist, or a temporary one.
    private static func folder(_ path: String?) throws -> URL {
        let temporary = FileManager.default.temporaryDirectory.appending(path: "save-results")
        let folder = path.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? temporary
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func printError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(line)\n".utf8))
    }
}
