import FetchCore
import Foundation

/// A program that polls the jobs in a file. Only `Service` names providers; this file is independent of them.
///
///     swift run --package-path Examples generic-polling [<file>]
@main
enum GenericPolling {
    static func main() async throws {
        let file = CommandLine.arguments.dropFirst().first
        let service = try file == nil ? Service.simulated() : Service.real()
        defer { service.stop() }
        let jobs: [JobReference]
        do {
            jobs = try JobFile.read(file.map { URL(filePath: $0) } ?? Service.sampleFile)
            for job in jobs { try service.client.registry.validate(job) }
        } catch {
            try FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
            exit(2)
        }

        print("Jobs to poll: \(jobs.count)")
        try await poll(jobs, with: service.client)
    }

    /// Prints each outcome as soon as its job ends.
    private static func poll(_ jobs: [JobReference], with client: FetchClient) async throws {
        let batch = client.batch()
        for job in jobs { batch.add(QueuedJob(job)) }
        batch.finish()
        for try await outcome in batch { print(description(of: outcome)) }
    }

    private static func description(of outcome: JobOutcome) -> String {
        switch outcome.result {
        case .succeeded(let output):
            "\(outcome.job) succeeded" + output.outputArtifacts.map { "\n  \(description(of: $0))" }.joined()
        case .failed(let error), .unknown(let error):
            "\(error)"
        }
    }

    private static func description(of artifact: Artifact) -> String {
        switch artifact.content {
        case .url(let url): url.absoluteString
        case .data(let data): "\(data.count) bytes of \(artifact.mediaType ?? "data")"
        case .text(let text): text
        case .json: "a JSON value"
        case .unusable(_, let problem): "unusable: \(problem)"
        }
    }
}
