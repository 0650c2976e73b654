import FetchCore
import FetchCurl
import FetchDownload
import Foundation

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
}
