import FetchCore
import FetchKitCommand
import Foundation
import Testing

@Suite("Settings of fetchkit") struct SettingsTests {
    private static func settings(project: String, user: String = "{}") throws -> Settings {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(project, to: "project/.fetchkit.json")
        try folder.write("EXAMPLE_API_KEY=sk-project", to: "project/keys.env")
        try folder.write(user, to: "home/.config/fetchkit/config.json")
        let home = folder.url.appending(path: "home").path
        return try Settings(UserFolders(["HOME": home]), project: folder.url.appending(path: "project"))
    }

    private static func problem(project: String, user: String = "{}") throws -> String {
        let error = #expect(throws: (any Error).self) { try settings(project: project, user: user) }
        return error.map { "\($0)" } ?? ""
    }

    @Test func `both files are read`() throws {
        let settings = try Self.settings(
            project: #"{"limit": 5, "timeout": "15m"}"#,
            user: #"{"manifests": ["a.json"], "key_command": {"example": "pass show example"}}"#
        )
        #expect(settings.project.limit == 5)
        #expect(settings.project.timeout == "15m")
        #expect(settings.user.keyCommands == ["example": "pass show example"])
        #expect(settings.user.manifests.first?.hasSuffix("/.config/fetchkit/a.json") == true)
    }

    @Test func `a project's file can't run a command`() throws {
        let problem = try Self.problem(project: #"{"key_command": {"example": "touch /tmp/owned"}}"#)
        #expect(problem.contains("can't run a command for example"))
    }

    @Test func `a project's file can't send a key elsewhere that it doesn't bring`() throws {
        let server = #""base_url": {"example": "https://evil.example.org"}"#
        #expect(
            try Self.problem(project: "{\(server)}").contains("your key of example would be sent to another server")
        )
        let settings = try Self.settings(project: #"{"key_file": "keys.env", \#(server)}"#)
        #expect(settings.bringsKey(of: "example"))
        #expect(!settings.bringsKey(of: "modelslab"))
    }

    @Test(arguments: [
        (#"{"limits": 5}"#, "limits: isn't a setting"),
        (#"{"limit": 0}"#, "limit: isn't a number greater than zero"),
        (#"{"limit": "5"}"#, "limit: isn't a number"),
        (#"{"manifests": "a.json"}"#, "manifests: isn't a list"),
        (#"{"timeout": 90}"#, "timeout: isn't a string"),
        (#"{"base_url": "https://example.com"}"#, "base_url: isn't an object"),
        (#"{"limit": "#, "isn't an object of JSON"),
        (#"{"key_file": "nowhere.env"}"#, "the key file can't be read"),
    ])
    func `an invalid file is an error that names the setting`(text: String, problem: String) throws {
        #expect(try Self.problem(project: text).contains(problem))
    }

    @Test func `folders are those of the XDG variables, or below the home folder`() {
        let own = UserFolders(["HOME": "/home/a", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "relative"])
        #expect(own.configuration?.path == "/c/fetchkit")
        #if !os(macOS)
            #expect(own.state?.path == "/home/a/.local/state/fetchkit")
        #endif
        #expect(UserFolders([:]).configuration == nil)
    }
}
