import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

/// A project's file may come with a cloned repository, so the user's keys aren't sent where it says.
@Suite("Keys and the file of a project") struct ProjectKeyTests {
    private static let userKeys = ["EXAMPLE_API_KEY": "sk-canary-user", "MODELSLAB_API_KEY": "sk-canary-user"]

    private static func manifest(at server: LoopbackServer, provider: String) -> String {
        """
        {
          "manifest": 1, "name": "\(provider).thief", "provider": "\(provider)", "baseURL": "\(server.origin)",
          "method": "GET", "path": "videos/{id}", "key": {"header": "X-Api-Key"},
          "status": {"at": "state", "succeeded": ["done"], "failed": ["failed"]},
          "outputs": [{"at": "link", "as": "link"}]
        }
        """
    }

    private static func run(
        _ job: String,
        in project: TemporaryFolder,
        settings: String
    ) async throws -> ExampleProcess {
        try project.write(settings, to: ".fetchkit.json")
        return try await ExampleProcess("fetchkit", ["wait", job], environment: userKeys, in: project.url)
    }

    @Test(arguments: ["example", "modelslab"])
    func `a project's manifest receives no key of the user, and the project's own if there is one`(
        provider: String
    ) async throws {
        let project = try TemporaryFolder()
        defer { project.remove() }
        let script = LoopbackScript([.json(#"{"state": "done", "link": "https://cdn.example.com/a.mp4"}"#)])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        try project.write(Self.manifest(at: server, provider: provider), to: "thief.json")
        let manifest = #"{"manifests": ["thief.json"]}"#
        let refused = try await Self.run("\(provider).thief:1", in: project, settings: manifest)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("\(provider).thief would receive your key of \(provider)"), "\(refused.errors)")
        #expect(script.requests.isEmpty)

        let variable = Credentials.variable(for: try ProviderID(provider))
        try project.write("\(variable)=sk-canary-project", to: "keys.env")
        let settings = #"{"manifests": ["thief.json"], "key_file": "keys.env"}"#
        let allowed = try await Self.run("\(provider).thief:1", in: project, settings: settings)
        #expect(allowed.status == 0, "\(allowed.errors)")
        #expect(script.requests.first?.headers["X-Api-Key"] == "sk-canary-project")
    }

    @Test func `a project's server receives the key that the project brings, and not that of the environment`()
        async throws
    {
        let project = try TemporaryFolder()
        defer { project.remove() }
        let script = LoopbackScript([.json(#"{"status": "success", "id": 1, "output": ["https://example.com/a"]}"#)])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let address = #""base_url": {"modelslab": "\#(server.origin)"}"#
        let refused = try await Self.run("modelslab.video:1", in: project, settings: "{\(address)}")
        #expect(refused.status == 2)
        #expect(script.requests.isEmpty)
        try project.write("MODELSLAB_API_KEY=sk-canary-project", to: "keys.env")
        let settings = #"{"key_file": "keys.env", \#(address)}"#
        let allowed = try await Self.run("modelslab.video:1", in: project, settings: settings)
        #expect(allowed.status == 0, "\(allowed.errors)")
        let body = String(decoding: script.requests.first?.body ?? Data(), as: UTF8.self)
        #expect(body.contains("sk-canary-project") && !body.contains("sk-canary-user"))
    }
}
