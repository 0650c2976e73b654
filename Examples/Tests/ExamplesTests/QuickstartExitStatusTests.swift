import FetchTesting
import Testing

@Suite struct QuickstartExitStatusTests {
    @Test func `0 when all jobs succeeded, with the outputs and the number of requests`() async throws {
        let run = try await QuickstartRun.ask("modelslab.video:1", "modelslab.enterprise.facegen:ab-1")
        #expect(run.status == 0)
        #expect(run.output.contains("modelslab.video:1"))
        #expect(run.output.contains("1 request"))
        #expect(run.lines.filter { $0.hasPrefix("  https://") }.count == 2)
        #expect(run.errors.isEmpty)
    }

    @Test func `1 when a job failed, with the provider's words`() async throws {
        let run = try await QuickstartRun.ask("modelslab.deepfake:3", "modelslab.video:1")
        #expect(run.status == 1)
        #expect(run.output.contains("No face found"))
    }

    @Test(arguments: [
        [:],
        ["MODELSLAB_API_KEY": ""],
        ["MODELSLAB_API_KEY": "sk-canary\n"],
        ["MODELSLAB_API_KEY": "sk-canary-wrong"],
    ])
    func `3 for a missing or wrong key, which is shown nowhere`(keys: [String: String]) async throws {
        let run = try await QuickstartRun.ask("modelslab.video:1", keys: keys)
        #expect(run.status == 3)
        #expect(run.errors.contains("modelslab"))
        #expect(run.output.isEmpty)
        #expect(!run.errors.contains("sk-canary"))
    }

    @Test func `a missing key is told by the variable that it should be in`() async throws {
        let run = try await QuickstartRun.ask("modelslab.enterprise.facegen:ab-1", keys: [:])
        #expect(run.errors.contains("MODELSLAB_ENTERPRISE_API_KEY"))
    }

    @Test func `4 when a job isn't ready within the timeout`() async throws {
        let run = try await QuickstartRun.ask("modelslab.video:4", "--timeout", "0.5")
        #expect(run.status == 4)
        #expect(run.errors.contains("deadlineExceeded"))
    }

    @Test func `4 when nobody answers within the timeout, with what the last attempt met`() async throws {
        let run = try await Run(
            "quickstart",
            // A port that nobody listens at. The last attempt comes just before the end, and has a tenth of a second.
            ["modelslab.video:1", "--base-url", "http://127.0.0.1:1", "--timeout", "2"],
            environment: QuickstartRun.keys
        )
        #expect(run.status == 4)
        #expect(run.errors.contains("connectionFailed"))
    }

    @Test func `5 for anything else, such as an account that has run out`() async throws {
        let service = ScriptedTransport([.json(#"{"status": "error", "message": "Out of credits"}"#, status: 402)])
        let run = try await QuickstartRun.ask(["modelslab.video:1"], of: service)
        #expect(run.status == 5)
        #expect(run.errors.contains("Out of credits"))
    }

    @Test(arguments: [
        ["modelslab.deepfake:3", "modelslab.enterprise.facegen:ab-1"]: Int32(3),
        ["modelslab.video:4", "modelslab.deepfake:3"]: 1,
        ["modelslab.video:4", "modelslab.video:1"]: 4,
    ])
    func `of several fates the weightiest is told`(jobs: [String], status: Int32) async throws {
        let keys = ["MODELSLAB_API_KEY": QuickstartRun.key]
        let run = try await QuickstartRun.ask(jobs[0], jobs[1], "--timeout", "16", keys: keys)
        #expect(run.status == status)
    }
}
