import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("fetchkit endpoints and check") struct EndpointsCommandTests {
    /// The manifests of the examples.
    private static let manifests = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Manifests"
    )

    @Test func `endpoints are listed with their request, id and key`() async throws {
        let file = Self.manifests.appending(path: "replicate.json").path
        let all = try await ExampleProcess("fetchkit", ["endpoints", "-q", "--manifest", file])
        #expect(
            all.lines == [
                "modelslab.deepfake", "modelslab.enterprise.facegen", "modelslab.faceswap", "modelslab.video",
                "replicate.prediction",
            ]
        )
        let one = try await ExampleProcess("fetchkit", ["endpoints", "modelslab.video"])
        #expect(
            one.lines == [
                "modelslab.video", "  request  POST https://modelslab.com/api/v6/video/fetch/{id}",
                "  id       an integer", "  key      MODELSLAB_API_KEY",
            ]
        )
        let json = try await ExampleProcess("fetchkit", ["endpoints", "modelslab.video", "--json"])
        #expect(json.output.hasPrefix(#"{"name":"modelslab.video","request":"POST https://modelslab.com/"#))
        let unknown = try await ExampleProcess("fetchkit", ["endpoints", "modelslab.vidoe"])
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("Did you mean modelslab.video"))
    }

    @Test func `all manifests of the examples are sound`() async throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.manifests, includingPropertiesForKeys: nil)
        let process = try await ExampleProcess("fetchkit", ["check"] + files.map(\.path))
        #expect(process.status == 0, "\(process.errors)")
        #expect(process.lines.count == files.count)
        #expect(process.lines.allSatisfy { $0.hasSuffix(" is sound") })
    }

    @Test func `every problem of every manifest is reported, with status 2`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fetchkit-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["a.json", "b.json"].map { folder.appending(path: $0) }
        for file in files { try Data(#"{"manifest": 1, "name": "example.video"}"#.utf8).write(to: file) }
        let process = try await ExampleProcess("fetchkit", ["check"] + files.map(\.path))
        #expect(process.status == 2)
        for name in ["a.json", "b.json", "provider: is missing", "path: is missing"] {
            #expect(process.errors.contains(name), "\(process.errors)")
        }
        #expect(process.output.isEmpty)
    }

    @Test func `--try polls a job of the manifest once`() async throws {
        let file = Self.manifests.appending(path: "replicate.json").path
        let service = ScriptedTransport([.json(#"{"id": "ab1", "status": "processing"}"#)])
        let process = try await CommandHarness.run(
            ["check", file, "--try", "replicate.prediction:ab1"],
            of: service,
            keys: ["REPLICATE_API_KEY": "sk-canary"]
        )
        #expect(process.status == 4, "\(process.errors)")
        #expect(process.lines.first?.contains("pending") == true)
        #expect(service.requests.count == 1)
    }
}
