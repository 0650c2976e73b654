import FetchTesting
import ProgramTesting
import Testing

@Suite("Exit status of fetchkit") struct ExitStatusTests {
    @Test func `status 0 if all jobs succeeded, with outputs and the number of requests`() async throws {
        let process = try await CommandHarness.wait("modelslab.video:1", "modelslab.enterprise.facegen:ab-1")
        #expect(process.status == 0)
        #expect(process.output.contains("modelslab.video:1"))
        #expect(process.output.contains("1 request"))
        #expect(process.lines.filter { $0.hasPrefix("  https://") }.count == 2)
        #expect(process.errors.isEmpty)
    }

    @Test func `status 1 if a job failed, with the provider's message`() async throws {
        let process = try await CommandHarness.wait("modelslab.deepfake:3", "modelslab.video:1")
        #expect(process.status == 1)
        #expect(process.output.contains("No face found"))
    }

    @Test(arguments: [
        [:],
        ["MODELSLAB_API_KEY": ""],
        ["MODELSLAB_API_KEY": "sk-canary\n"],
        ["MODELSLAB_API_KEY": "sk-canary-wrong"],
    ])
    func `status 3 for a missing or wrong key, which is never printed`(keys: [String: String]) async throws {
        let process = try await CommandHarness.wait("modelslab.video:1", keys: keys)
        #expect(process.status == 3)
        #expect(process.errors.contains("modelslab"))
        #expect(process.output.isEmpty)
        #expect(!process.errors.contains("sk-canary"))
    }

    @Test func `the error of a missing key names its environment variable`() async throws {
        let process = try await CommandHarness.wait("modelslab.enterprise.facegen:ab-1", keys: [:])
        #expect(process.errors.contains("MODELSLAB_ENTERPRISE_API_KEY"))
    }

    @Test func `status 4 if a job doesn't end before the timeout`() async throws {
        let process = try await CommandHarness.wait("modelslab.video:4", "--timeout", "0.5")
        #expect(process.status == 4)
        #expect(process.errors.contains("deadlineExceeded"))
    }

    @Test func `status 4 if the server can't be reached before the timeout, with the last error`() async throws {
        let process = try await ExampleProcess(
            "fetchkit",
            // A port without a listener. The last attempt starts a tenth of a second before the deadline.
            ["wait", "modelslab.video:1", "--base-url", "http://127.0.0.1:1", "--timeout", "2"],
            environment: CommandHarness.keys
        )
        #expect(process.status == 4)
        #expect(process.errors.contains("connectionFailed"))
    }

    @Test func `status 5 for any other error, such as an insufficient balance`() async throws {
        let service = ScriptedTransport([.json(#"{"status": "error", "message": "Out of credits"}"#, status: 402)])
        let process = try await CommandHarness.run(["wait", "modelslab.video:1"], of: service)
        #expect(process.status == 5)
        #expect(process.errors.contains("Out of credits"))
    }

    @Test(arguments: [
        ["modelslab.deepfake:3", "modelslab.enterprise.facegen:ab-1"]: Int32(3),
        ["modelslab.video:4", "modelslab.deepfake:3"]: 1,
        ["modelslab.video:4", "modelslab.video:1"]: 4,
    ])
    func `several outcomes yield the status with the highest priority`(jobs: [String], status: Int32) async throws {
        let keys = ["MODELSLAB_API_KEY": CommandHarness.key]
        let process = try await CommandHarness.wait(jobs[0], jobs[1], "--timeout", "16", keys: keys)
        #expect(process.status == status)
    }
}
