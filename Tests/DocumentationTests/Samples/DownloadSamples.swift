import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import ModelsLabVideo

/// Samples from Documentation/Downloads.md and from the doc comments of FetchDownload.
enum DownloadSamples {
    static func outputs(of job: JobReference, _ client: FetchClient, _ directory: URL) async throws {
        let saved = try await client.download(outputsOf: job, into: directory)
        for file in saved.files { print(file.url, file.bytes, file.proof) }
        for failure in saved.failures { print(failure.index, failure.error) }
    }

    static func documented(_ job: JobReference, _ client: FetchClient, _ directory: URL) async throws {
        let saved = try await client.download(outputsOf: job, into: directory)
        for file in saved.files { print(file.url, file.proof) }
    }

    static func typed(_ client: FetchClient, _ directory: URL) async throws {
        let saved = try await client.download(outputsOf: .modelsLabVideo, id: 12345, into: directory)
        print(saved.files)
    }

    static func one(_ artifact: Artifact, _ transport: CurlTransport, _ directory: URL) async throws {
        let downloads = Downloads(
            transport: transport,
            configuration: Downloads.Configuration(maximumBytes: 1 << 30, downloadsPerHost: 2)
        )
        let file = try await downloads.save(artifact, as: .named("face.mp4"), in: directory)
        for try await progress in downloads.progress(of: artifact, in: directory) {
            print(progress.bytes, progress.totalBytes ?? 0, progress.file?.url.lastPathComponent ?? "")
        }
        print(file.url)
    }

    static func simple(_ artifact: Artifact, _ transport: CurlTransport, _ directory: URL) async throws {
        let downloads = Downloads(transport: transport)
        let file = try await downloads.save(artifact, as: .named("face.mp4"), in: directory)
        print(file.url, file.bytes, file.proof)
    }

    static func several(_ jobs: [QueuedJob], _ client: FetchClient, _ directory: URL) async throws {
        for try await outcome in client.outcomes(of: jobs) {
            do {
                let saved = try await client.download(outcome, into: directory)
                print(saved.files, saved.failures)
            } catch let error as FetchError {
                print(error)
            }
        }
    }

    static func sideBySide(_ jobs: [QueuedJob], _ client: FetchClient, _ downloads: Downloads, _ directory: URL)
        async throws
    {
        try await withThrowingDiscardingTaskGroup { group in
            for try await outcome in client.outcomes(of: jobs) {
                group.addTask {
                    let saved = try await client.download(outcome, into: directory, with: downloads)
                    print(saved.files, saved.failures)
                }
            }
        }
    }

    static func local(_ transport: CurlTransport) -> Downloads {
        var configuration = Downloads.Configuration()
        configuration.addresses = .publicOnly(allowing: ["127.0.0.1"])
        configuration.plainHTTPHosts = ["127.0.0.1"]
        return Downloads(transport: transport, configuration: configuration)
    }

    static func removal(_ downloads: Downloads, _ directory: URL) async throws {
        try await downloads.removeStaleParts(in: directory)
    }
}
