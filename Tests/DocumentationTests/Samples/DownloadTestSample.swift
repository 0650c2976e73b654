import FetchCore
import FetchCurl
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("The sample of a test of downloads") struct DownloadTestSample {
    @Test func `an output becomes a file`() async throws {
        let response = FetchResponse(file: "a transcript", mediaType: "text/plain")
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        defer { server.stop() }
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = Downloads.Configuration()
        configuration.addresses = .publicOnly(allowing: ["127.0.0.1"])
        configuration.plainHTTPHosts = ["127.0.0.1"]
        let downloads = Downloads(transport: try CurlTransport(), configuration: configuration)
        let file = try await downloads.save(Artifact(link: server.url), as: .named("a.txt"), in: folder)
        #expect(try String(contentsOf: file.url, encoding: .utf8) == "a transcript")
    }
}
