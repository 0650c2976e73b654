import ProgramTesting
import Testing

@Suite("Usage errors of fetchkit") struct UsageTests {
    @Test(arguments: [
        (["modelslab.video"], "not a job reference"),
        (["Modelslab:1"], "not the name of an endpoint"),
        (["modelslab.video:"], "empty"),
        (["modelslab.video:.."], "dot segment"),
        (["modelslab.video:abc"], "modelslab.video takes an integer"),
        (["modelslab.vidoe:1"], "Did you mean modelslab.video"),
        (["modelslab.video:1", "modelslab.deepfake:x"], "modelslab.deepfake takes an integer"),
        (["modelslab.video:1", "--colour"], "--colour"),
        (["modelslab.video:1", "--timeout", "0"], "greater than zero"),
        (["modelslab.video:1", "--timeout", "-1"], "greater than zero"),
        (["modelslab.video:1", "--timeout", "nan"], "greater than zero"),
        (["modelslab.video:1", "--timeout", "inf"], "greater than zero"),
        (["modelslab.video:1", "--timeout", "soon"], "soon"),
        (["modelslab.video:1", "--timeout"], "--timeout"),
        (["modelslab.video:1", "--base-url", "http://example.com"], "plain text"),
        (["modelslab.video:1", "--base-url", "ftp://example.com"], "only http and https"),
        (["modelslab.video:1", "--base-url", "https://"], "host"),
        (["modelslab.video:1", "--base-url", "example.com"], "only http and https"),
        (["modelslab.video:1", "--base-url", ""], "--base-url"),
        (["modelslab.video:1", "--timeout", "5d"], "isn't a time"),
        (["modelslab.video:1", "--limit", "0"], "greater than zero"),
        (["modelslab.video:1", "--json", "-q"], "exclude each other"),
        (["modelslab.video:1", "--any", "--fail-fast"], "exclude each other"),
        (["modelslab.video:1", "--into", "a"], "--into"),
        (["https://example.com/api/v6/video/fetch/1"], "no endpoint polls this URL of example.com"),
        (["--base-url", "https://example.com"], "<job>"),
    ])
    func `an invalid command line yields status 2 and a reason`(
        arguments: [String],
        reason: String
    ) async throws {
        let process = try await ExampleProcess("fetchkit", ["wait"] + arguments, environment: CommandHarness.keys)
        #expect(process.status == 2)
        #expect(process.errors.contains(reason))
        #expect(process.output.isEmpty)
    }

    @Test func `a password in the base URL is rejected and not repeated`() async throws {
        let arguments = [
            "modelslab.video:1", "--base-url", "https://me:sk-canary-1@example.com/sk-canary-2?k=sk-canary-3",
        ]
        let process = try await ExampleProcess("fetchkit", ["wait"] + arguments, environment: CommandHarness.keys)
        #expect(process.status == 2)
        #expect(process.errors.contains("user name or password"))
        #expect(!process.errors.contains("sk-canary-1"))
        #expect(!process.errors.contains("sk-canary-3"))
    }

    @Test func `help about the exit status yields status 0`() async throws {
        let process = try await ExampleProcess("fetchkit", ["help", "exit"])
        #expect(process.status == 0)
        #expect(process.output.contains("3    a key is missing or was rejected"))
        #expect(process.errors.isEmpty)
    }
}
