import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

/// Tests of what is recognised as the file and what isn't.
@Suite("Promised content") struct PromisedFileTests {
    private let clock = VirtualClock()

    private func save(
        _ artifact: Artifact,
        _ name: FileName,
        from transport: ScriptedStreams
    ) async throws -> SavedFile {
        let folder = try TemporaryFolder()
        let downloads = Downloads(
            transport: transport,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        return try await clock.run { try await downloads.save(artifact, as: name, in: folder.url) }
    }

    @Test(arguments: ["face.mp4", "face.PNG", "model.glb"])
    func `a page isn't saved under a name that promises something else`(name: String) async throws {
        let link = URL(string: "https://cdn.example.com/output?id=7")!
        let transport = ScriptedStreams(.status(200, ["Content-Type": "text/html"], "<!DOCTYPE html><p>Sign in</p>"))
        let error = await #expect(throws: FetchError.self) {
            try await save(Artifact(link: link), .named(name), from: transport)
        }
        #expect(error?.code == .unexpectedOutput)
    }

    @Test func `a page is saved under the name of a page`() async throws {
        let link = URL(string: "https://cdn.example.com/output?id=7")!
        let transport = ScriptedStreams(.status(200, ["Content-Type": "text/html"], "<!DOCTYPE html><p>Report</p>"))
        #expect(try await save(Artifact(link: link), .named("report.html"), from: transport).bytes == 28)
    }

    @Test func `a large file of a format that isn't known is saved, whatever was declared`() async throws {
        // Packets of an MPEG transport stream, without a length.
        let packets = Data((0..<10_000).map { $0.isMultiple(of: 188) ? 0x47 : UInt8(truncatingIfNeeded: $0 &* 7) })
        let link = URL(string: "https://cdn.example.com/clip.mp4")!
        let transport = ScriptedStreams { _, _ in
            let chunks = AsyncThrowingStream<Data, any Error> { continuation in
                continuation.yield(packets)
                continuation.finish()
            }
            return StreamedResponse(status: 200, body: StreamedResponse.Body(chunks))
        }
        let file = try await save(Artifact(link: link, mediaType: "video/mp4"), .generated, from: transport)
        #expect(file.bytes == 10_000)
        #expect(file.proof == .none)
        #expect(transport.requests.count == 1)
    }
}
