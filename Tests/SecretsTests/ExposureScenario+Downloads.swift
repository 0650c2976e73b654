import FetchCore
import FetchDownload
import Foundation
import ModelsLabVideo
import Testing

extension ExposureScenario {
    /// Collects what is known of downloads from a server that echoes the key, and the names of the files.
    func collectDownloads() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = EchoingFiles(provider: provider, key: key)
        let client = client(try EndpointRegistry(.modelsLabVideo), transport: files)
        for status in [200, 403] {
            files.status = status
            try await collectOutputs(of: JobReference("modelslab.video:2"), client, folder)
        }
        let progress = DownloadProgress(bytes: 1, totalBytes: 2)
        let downloads = Downloads(transport: files)
        collector.add(downloads, downloads.configuration, progress, ExistingFile.keepIfSame, FileName.generated)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) { collector.add(name) }
        #expect(!files.requests.isEmpty)
        for request in files.requests {
            #expect(!request.headers.fields.contains { $0.value.contains(key) })
            #expect(!request.url.absoluteString.contains(key))
        }
    }

    private func collectOutputs(of job: JobReference, _ client: FetchClient, _ folder: URL) async throws {
        do {
            let saved = try await client.download(outputsOf: job, into: folder)
            collector.add(saved)
            for file in saved.files { collector.add(file, file.proof) }
            for failure in saved.failures { collector.add(failure) }
        } catch let error as FetchError {
            let failure = SavedOutputs.Failure(index: 0, artifact: Artifact(.text("")), error: error)
            collector.add(error, failure)
        }
    }
}
