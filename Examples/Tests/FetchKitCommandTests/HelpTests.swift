import FetchKitCommand
import ProgramTesting
import Testing

@Suite("Help of fetchkit") struct HelpTests {
    @Test(arguments: HelpPages.all.keys.sorted()) func `help fits on a terminal of 80 columns`(command: String) throws {
        let lines = try #require(HelpPages.all[command]).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 24, "\(lines.joined(separator: "\n"))")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.joined(separator: "\n"))")
    }

    @Test(arguments: [["--help"], ["wait", "--help"], ["help", "wait"], ["help", "exit"], ["--version"]])
    func `help and the version are printed on standard output, with status 0`(arguments: [String]) async throws {
        let process = try await ExampleProcess("fetchkit", arguments)
        #expect(process.status == 0)
        #expect(!process.output.isEmpty)
        #expect(process.errors.isEmpty)
    }

    @Test(arguments: ["exit", "jobs", "json", "keys"]) func `help pages have 80 columns`(topic: String) async throws {
        let process = try await ExampleProcess("fetchkit", ["help", topic])
        #expect(process.status == 0)
        #expect(process.lines.allSatisfy { $0.count <= 80 }, "\(process.output)")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `completions name every command`(shell: String) async throws {
        let process = try await ExampleProcess("fetchkit", ["completions", shell])
        #expect(process.status == 0)
        for command in HelpPages.all.keys where !command.isEmpty && !command.contains(" ") {
            #expect(process.output.contains(command), "\(command)")
        }
        let unknown = try await ExampleProcess("fetchkit", ["completions", "tcsh"])
        #expect(unknown.status == 2)
    }
}
