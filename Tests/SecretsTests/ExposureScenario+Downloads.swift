import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import ModelsLabVideo
import Testing

extension ExposureScenario {
    /// Collects what is known of downloads from servers that echo the key, and the names of the files.
    func collectDownloads() async throws {
        try await withFolder(collectForeignFiles)
        try await withFolder(collectOwnFiles)
    }

    /// Collects downloads from servers that aren't the provider's, to which the key isn't sent.
    private func collectForeignFiles(_ folder: URL) async throws {
        let files = EchoingFiles(provider: provider, key: key)
        let client = client(try EndpointRegistry(.modelsLabVideo), transport: files)
        for status in [200, 403] {
            files.status = status
            try await collectOutputs(of: JobReference("modelslab.video:2"), client, folder)
        }
        let progress = DownloadProgress(bytes: 1, totalBytes: 2)
        let downloads = Downloads(transport: files)
        collector.add(downloads, downloads.configuration, progress, ExistingFile.keepIfSame, FileName.generated)
        #expect(!files.requests.isEmpty)
        for request in files.requests {
            #expect(!request.headers.fields.contains { $0.value.contains(key) })
            #expect(!request.url.absoluteString.contains(key))
        }
    }

    /// Collects downloads from the provider's own server, which receives the key and suggests it as a name.
    private func collectOwnFiles(_ folder: URL) async throws {
        let endpoint = OwnFilesEndpoint(authorization: authorization)
        let poll = FetchResponse(status: 200, body: Data(#"{"url":"https://api.example.com/v1/files/1"}"#.utf8))
        let files = EchoingFiles(provider: ScriptedTransport([.response(poll)]), key: key, body: "a poem")
        let client = client(try EndpointRegistry(endpoint), transport: files)
        let job = try JobReference("example.files:1")
        try await collectOutputs(of: job, client, folder, as: .fromServer)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names == ["1.txt"])
        #expect(files.requests.count == 1)
    }

    /// Calls a function with a new folder, and collects the names of the files in it.
    private func withFolder(_ collect: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await collect(folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) { collector.add(name) }
    }

    private func collectOutputs(
        of job: JobReference,
        _ client: FetchClient,
        _ folder: URL,
        as name: FileName = .generated
    ) async throws {
        do {
            let saved = try await client.download(outputsOf: job, into: folder, as: name)
            collector.add(saved)
            for file in saved.files { collector.add(file, file.proof) }
            for failure in saved.failures { collector.add(failure) }
        } catch let error as FetchError {
            let failure = SavedOutputs.Failure(index: 0, artifact: Artifact(.text("")), error: error)
            collector.add(error, failure)
        }
    }
}
