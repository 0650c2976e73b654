import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Keys of fetchkit") struct KeysTests {
    private static let variable = ["MODELSLAB_API_KEY": CommandHarness.key]

    /// Polls a job with the keys of a home folder, in an empty current directory.
    private static func wait(
        home: TemporaryFolder,
        _ arguments: String...,
        keys: [String: String] = [:]
    ) async throws -> ExampleProcess {
        let service = SimulatedModelsLab(keys: ["modelslab": CommandHarness.key], jobs: CommandHarness.jobs)
        let environment = keys.merging(["HOME": home.url.path]) { $1 }
        return try await CommandHarness.run(["wait", "modelslab.video:1"] + arguments, of: service, keys: environment)
    }

    private static func setMode(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func `a key is stored in a file that only its owner can read, used, shown by its source, and forgotten`()
        async throws
    {
        let home = try TemporaryFolder()
        defer { home.remove() }
        let environment = ["HOME": home.url.path]
        let key = "\(CommandHarness.key)\n"
        let set = try await ExampleProcess(
            "fetchkit",
            ["keys", "set", "modelslab"],
            environment: environment,
            input: key
        )
        #expect(set.status == 0, "\(set.errors)")
        let file = home.url.appending(path: ".config/fetchkit/keys.json").path
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let wait = try await Self.wait(home: home)
        #expect(wait.status == 0, "\(wait.errors)")
        let show = try await ExampleProcess("fetchkit", ["keys", "show"], environment: environment)
        #expect(show.lines.contains("modelslab  keys.json"), "\(show.output)\(show.errors)")
        #expect(show.lines.contains("modelslab.enterprise  no key: set MODELSLAB_ENTERPRISE_API_KEY"))
        let forget = try await ExampleProcess("fetchkit", ["keys", "forget", "modelslab"], environment: environment)
        #expect(forget.status == 0)
        #expect(try await Self.wait(home: home).status == 3)
        let again = try await ExampleProcess("fetchkit", ["keys", "forget", "modelslab"], environment: environment)
        #expect(again.status == 2)
        for process in [set, wait, show, forget, again] {
            #expect(!process.output.contains(CommandHarness.key) && !process.errors.contains(CommandHarness.key))
        }
    }

    @Test func `keys that others can read are refused`() async throws {
        let home = try TemporaryFolder()
        defer { home.remove() }
        let path = try home.write(#"{"modelslab": "\#(CommandHarness.key)"}"#, to: ".config/fetchkit/keys.json")
        try Self.setMode(0o640, of: path)
        let refused = try await Self.wait(home: home)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("can be read by others"))
        #expect(!refused.errors.contains(CommandHarness.key))
        try Self.setMode(0o600, of: path)
        #expect(try await Self.wait(home: home).status == 0)
    }

    @Test func `a key file has lines named like the variables, and the environment comes first`() async throws {
        let home = try TemporaryFolder()
        defer { home.remove() }
        let good = try home.write("# Mine\n\nexport MODELSLAB_API_KEY='\(CommandHarness.key)'\n", to: "good.env")
        #expect(try await Self.wait(home: home, "--key-file", good).status == 0)
        let wrong = try home.write("MODELSLAB_API_KEY=sk-canary-wrong", to: "wrong.env")
        #expect(try await Self.wait(home: home, "--key-file", wrong).status == 3)
        #expect(try await Self.wait(home: home, "--key-file", wrong, keys: Self.variable).status == 0)
        let invalid = try home.write("sk-canary-alone", to: "invalid.env")
        let process = try await Self.wait(home: home, "--key-file", invalid)
        #expect(process.status == 2)
        #expect(process.errors.contains("line 1 isn't of the form KEY=VALUE"))
        #expect(!process.errors.contains("sk-canary"))
    }

    @Test(arguments: [("echo \(CommandHarness.key)", 0), ("exit 7", 5), ("true", 5)] as [(String, Int32)])
    func `a command of the user's configuration prints the key`(command: String, status: Int32) async throws {
        let home = try TemporaryFolder()
        defer { home.remove() }
        try home.write(#"{"key_command": {"modelslab": "\#(command)"}}"#, to: ".config/fetchkit/config.json")
        let process = try await Self.wait(home: home)
        #expect(process.status == status, "\(process.errors)")
        #expect(process.errors.contains("key_command of modelslab") == (status != 0))
    }
}
