import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite(.serialized) struct QuickstartManifestTests {
    /// A file, until it is removed.
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

    @Test func `a job of a provider that a file describes is polled to its end`() async throws {
        let manifest = try Manifest()
        defer { manifest.remove() }
        let service = ScriptedTransport([
            .json(#"{"state": "queued"}"#),
            .json(#"{"state": "done", "link": "https://cdn.example.com/a.mp4"}"#),
        ])
        let run = try await QuickstartRun.ask(
            ["example.video:ab-1", "--manifest", manifest.path],
            of: service,
            keys: Self.keys
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("https://cdn.example.com/a.mp4"))
        #expect(service.requests.count == 2)
        #expect(service.requests.first?.url.path() == "/v1/videos/ab-1")
        #expect(service.requests.first?.headers["X-Api-Key"] == "sk-canary-4713")
    }

    @Test func `several manifests are registered beside ModelsLab's families`() async throws {
        let (video, image) = (try Manifest(), try Manifest(named: "example.image"))
        defer { for manifest in [video, image] { manifest.remove() } }
        let service = ScriptedTransport([
            .json(
                #"{"state": "failed", "reason": "no room", "status": "success", "output": ["https://example.com/a"]}"#
            )
        ])
        let arguments = [
            "--manifest", video.path, "--manifest", image.path, "example.video:1", "example.image:2",
            "modelslab.video:3",
        ]
        let keys = Self.keys.merging(QuickstartRun.keys) { $1 }
        let run = try await QuickstartRun.ask(arguments, of: service, keys: keys)
        #expect(run.status == 1)
        #expect(run.output.contains("no room"))
        #expect(run.output.contains("https://example.com/a"))
        #expect(service.requests.count == 3)
    }

    @Test func `a missing key is told by the variable of the manifest's provider`() async throws {
        let manifest = try Manifest()
        defer { manifest.remove() }
        let run = try await Run("quickstart", ["example.video:1", "--manifest", manifest.path])
        #expect(run.status == 3)
        #expect(run.errors.contains("EXAMPLE_API_KEY"))
    }

    @Test(arguments: [
        ("\"outputs\"", "\"outputz\"", "outputz: is not a field. Did you mean outputs?"),
        ("\"manifest\": 1", "\"manifest\": 2", "manifest: version 2 isn't known"),
        ("{id}", "{job}", "path: there is no value for {job}"),
        ("[\"failed\"]", "[\"failed\", \"done\"]", "status.failed[1]: “done” is in the list succeeded"),
        ("\"GET\",", "\"GET\"", "line 7, column 3"),
        ("\"provider\": \"example\",", "", "provider: is missing"),
    ])
    func `a manifest that makes no sense ends with 2, and names file, field and remedy`(
        old: String,
        new: String,
        reason: String
    ) async throws {
        let manifest = try Manifest(replacing: old, by: new)
        defer { manifest.remove() }
        let run = try await Run("quickstart", ["modelslab.video:1", "--manifest", manifest.path])
        #expect(run.status == 2)
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(run.errors.contains(manifest.url.lastPathComponent))
        #expect(!run.errors.contains("Usage"))
        #expect(run.output.isEmpty)
    }

    @Test func `a name that is taken, a missing file and a missing job end with 2`() async throws {
        let (manifest, taken) = (try Manifest(), try Manifest(named: "modelslab.video"))
        defer { for manifest in [manifest, taken] { manifest.remove() } }
        for (arguments, reason) in [
            (
                ["example.video:1", "--manifest", manifest.path, "--manifest", manifest.path],
                "name: example.video is the name in"
            ),
            (
                ["modelslab.video:1", "--manifest", taken.path],
                "an endpoint named modelslab.video is registered already"
            ),
            (["modelslab.video:1", "--manifest", "/nowhere/a.json"], "/nowhere/a.json: there is no such file"),
            (["--manifest", manifest.path], "--manifest needs a job"),
            (["modelslab.video:1", "--manifest"], "--manifest"),
        ] {
            let run = try await Run("quickstart", arguments)
            #expect(run.status == 2)
            #expect(run.errors.contains(reason), "\(run.errors)")
        }
    }
}
