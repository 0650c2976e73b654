import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Manifests of fetchkit", .serialized) struct ManifestTests {
    /// A temporary manifest file. The test must remove it.
    private struct Manifest {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")

        init(named name: String = "example.video", replacing old: String = "", by new: String = "") throws {
            let text = """
                {
                  "manifest": 1,
                  "name": "\(name)",
                  "provider": "\(name.split(separator: ".")[0])",
                  "baseURL": "https://api.example.com/v1",
                  "method": "GET",
                  "path": "videos/{id}",
                  "key": {"header": "X-Api-Key"},
                  "status": {"at": "state", "succeeded": ["done"], "failed": ["failed"], "message": "reason"},
                  "outputs": [{"at": "link", "as": "link"}]
                }
                """
            let changed = old.isEmpty ? text : text.replacing(old, with: new)
            try Data(changed.utf8).write(to: url)
        }

        func remove() { try? FileManager.default.removeItem(at: url) }

        var path: String { url.path() }
    }

    private static let keys = ["EXAMPLE_API_KEY": "sk-canary-4713"]

    @Test func `a job of a manifest's provider is polled until it ends`() async throws {
        let manifest = try Manifest()
        defer { manifest.remove() }
        let service = ScriptedTransport([
            .json(#"{"state": "queued"}"#),
            .json(#"{"state": "done", "link": "https://cdn.example.com/a.mp4"}"#),
        ])
        let process = try await CommandHarness.run(
            ["wait", "example.video:ab-1", "--manifest", manifest.path],
            of: service,
            keys: Self.keys
        )
        #expect(process.status == 0, "\(process.errors)")
        #expect(process.output.contains("https://cdn.example.com/a.mp4"))
        #expect(service.requests.count == 2)
        #expect(service.requests.first?.url.path() == "/v1/videos/ab-1")
        #expect(service.requests.first?.headers["X-Api-Key"] == "sk-canary-4713")
    }

    @Test func `several manifests are registered in addition to ModelsLab's families`() async throws {
        let (video, image) = (try Manifest(), try Manifest(named: "example.image"))
        defer { for manifest in [video, image] { manifest.remove() } }
        let service = ScriptedTransport([
            .json(
                #"{"state": "failed", "reason": "no room", "status": "success", "output": ["https://example.com/a"]}"#
            )
        ])
        let arguments = [
            "wait", "--manifest", video.path, "--manifest", image.path, "example.video:1", "example.image:2",
            "modelslab.video:3",
        ]
        let keys = Self.keys.merging(CommandHarness.keys) { $1 }
        let process = try await CommandHarness.run(arguments, of: service, keys: keys)
        #expect(process.status == 1)
        #expect(process.output.contains("no room"))
        #expect(process.output.contains("https://example.com/a"))
        #expect(service.requests.count == 3)
    }

    @Test func `the error of a missing key names the variable of the manifest's provider`() async throws {
        let manifest = try Manifest()
        defer { manifest.remove() }
        let process = try await ExampleProcess("fetchkit", ["wait", "example.video:1", "--manifest", manifest.path])
        #expect(process.status == 3)
        #expect(process.errors.contains("EXAMPLE_API_KEY"))
    }

    @Test(arguments: [
        ("\"outputs\"", "\"outputz\"", "outputz: is not a field. Did you mean outputs?"),
        ("\"manifest\": 1", "\"manifest\": 2", "manifest: version 2 is unsupported"),
        ("{id}", "{job}", "path: {job} has no value"),
        ("[\"failed\"]", "[\"failed\", \"done\"]", "status.failed[1]: “done” is also listed under succeeded"),
        ("\"GET\",", "\"GET\"", "line 7, column 3"),
        ("\"provider\": \"example\",", "", "provider: is missing"),
    ])
    func `an invalid manifest yields status 2 and an error with file, field and remedy`(
        old: String,
        new: String,
        reason: String
    ) async throws {
        let manifest = try Manifest(replacing: old, by: new)
        defer { manifest.remove() }
        let process = try await ExampleProcess("fetchkit", ["wait", "modelslab.video:1", "--manifest", manifest.path])
        #expect(process.status == 2)
        #expect(process.errors.contains(reason), "\(process.errors)")
        #expect(process.errors.contains(manifest.url.lastPathComponent))
        #expect(!process.errors.contains("Usage"))
        #expect(process.output.isEmpty)
    }

    @Test func `a duplicate name, a missing file and a missing job yield status 2`() async throws {
        let (manifest, duplicate) = (try Manifest(), try Manifest(named: "modelslab.video"))
        defer { for manifest in [manifest, duplicate] { manifest.remove() } }
        for (arguments, reason) in [
            (
                ["example.video:1", "--manifest", manifest.path, "--manifest", manifest.path],
                "name: example.video is also the name in"
            ),
            (
                ["modelslab.video:1", "--manifest", duplicate.path],
                "an endpoint named modelslab.video is registered already"
            ),
            (["modelslab.video:1", "--manifest", "/nowhere/a.json"], "/nowhere/a.json: the file doesn't exist"),
            (["--manifest", manifest.path], "<job>"),
            (["modelslab.video:1", "--manifest"], "--manifest"),
        ] {
            let process = try await ExampleProcess("fetchkit", ["wait"] + arguments)
            #expect(process.status == 2)
            #expect(process.errors.contains(reason), "\(process.errors)")
        }
    }
}
