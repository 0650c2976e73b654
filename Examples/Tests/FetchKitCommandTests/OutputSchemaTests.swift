import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Schema of the JSON output") struct OutputSchemaTests {
    private static func schema() throws -> SchemaCheck {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let file = root.appending(path: "Documentation/command-output.schema.json")
        return SchemaCheck(schema: try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file)))
    }

    private static func states(in process: ExampleProcess) throws -> Set<String> {
        var states: Set<String> = []
        for line in process.lines {
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
            #expect(try schema().problems(of: value) == [], "\(line)")
            states.insert(value["state"]?.string ?? "")
        }
        return states
    }

    @Test func `lines of every state match the schema`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fetchkit-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        var states = try Self.states(in: await ExampleProcess("fetchkit", ["demo", "--json", "--into", folder.path]))
        let service = ScriptedTransport([
            .json(
                #"{"status": "error", "message": "Rate limit exceeded"}"#,
                status: 429,
                headers: ["Retry-After": "1"]
            ),
            .json(#"{"status": "processing", "eta": 1.5, "id": 42}"#),
            .json(#"{"status": "success", "id": 42, "output": ["https://cdn.example.com/a/b.mp4"]}"#),
        ])
        states.formUnion(
            try Self.states(in: await CommandHarness.run(["watch", "modelslab.video:42", "--json"], of: service))
        )
        let jobs = ["modelslab.deepfake:3", "modelslab.video:4"]
        states.formUnion(
            try Self.states(in: await CommandHarness.wait(jobs[0], jobs[1], "--json", "--timeout", "0.5"))
        )
        #expect(states == ["pending", "retry", "succeeded", "failed", "error", "saved"])
    }

    @Test(arguments: [
        (#"{"state": "pending"}"#, "$: without job"),
        (#"{"state": "done"}"#, "$.state: not in enum"),
        (#"{"fraction": 1.5}"#, "$.fraction: too large"),
        (#"{"requests": 1.5}"#, "$.requests: not [\"integer\", \"null\"]"),
        (#"{"files": [{"path": "a", "bytes": -1, "type": null}]}"#, "$.files[0].bytes: too small"),
    ])
    func `an invalid line doesn't match`(line: String, problem: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
        #expect(try Self.schema().problems(of: value).contains(problem))
    }
}
