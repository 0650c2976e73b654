import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct QuickstartJSONTests {
    private static let names = ["job", "state", "eta", "outputs", "message", "error", "retryable"]

    @Test func `each update and the result is one object a line, and nothing else is printed`() async throws {
        let service = ScriptedTransport([
            .json(#"{"status": "processing", "eta": 1.5, "id": 42}"#),
            .json(#"{"status": "processing", "message": "Try Again", "output": ""}"#),
            .json(#"{"status": "success", "id": 42, "output": ["https://cdn.example.com/a/b.mp4"]}"#),
        ])
        let run = try await QuickstartRun.ask(["modelslab.video:42", "--json"], of: service)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(
            run.lines == [
                #"{"job":"modelslab.video:42","state":"pending","eta":1.5,"outputs":[],"#
                    + #""message":null,"error":null,"retryable":null}"#,
                #"{"job":"modelslab.video:42","state":"pending","eta":null,"outputs":[],"#
                    + #""message":"Try Again","error":null,"retryable":null}"#,
                #"{"job":"modelslab.video:42","state":"succeeded","eta":null,"#
                    + #""outputs":["https://cdn.example.com/a/b.mp4"],"message":null,"error":null,"retryable":null}"#,
            ]
        )
    }

    @Test(arguments: SimulatedModelsLab.Dialect.allCases)
    func `all keys are there, in the order of the documentation`(
        dialect: SimulatedModelsLab.Dialect
    ) async throws {
        let run = try await QuickstartRun.ask(
            "modelslab.video:1",
            "modelslab.faceswap:2",
            "modelslab.deepfake:3",
            "modelslab.enterprise.facegen:ab-1",
            "--json",
            dialect: dialect
        )
        #expect(run.lines.count == 4)
        for line in run.lines {
            let places = Self.names.compactMap { line.firstRange(of: "\"\($0)\":")?.lowerBound }
            #expect(places.count == Self.names.count)
            #expect(places == places.sorted())
            #expect(try Self.object(line).count == Self.names.count)
        }
    }

    @Test func `a failed job has the provider's words`() async throws {
        let run = try await QuickstartRun.ask("modelslab.deepfake:3", "--json")
        let last = try Self.object(#require(run.lines.last))
        #expect(run.status == 1)
        #expect(last["state"] == "failed")
        #expect(last["error"] == "jobFailed")
        #expect(last["retryable"] == false)
        #expect(last["message"]?.string?.contains("No face found") == true)
        #expect(last["outputs"] == [])
    }

    @Test func `an error has its code, and whether asking again can help`() async throws {
        let run = try await QuickstartRun.ask("modelslab.video:4", "--json", "--timeout", "0.5")
        let last = try Self.object(#require(run.lines.last))
        #expect(run.status == 4)
        #expect(last["state"] == "error")
        #expect(last["error"] == "deadlineExceeded")
        #expect(last["retryable"] == true)
        #expect(run.errors.isEmpty)
    }

    @Test func `a wrong key is an error that doesn't show it`() async throws {
        let keys = ["MODELSLAB_API_KEY": "sk-canary-wrong"]
        let run = try await QuickstartRun.ask("modelslab.video:1", "--json", keys: keys)
        let last = try Self.object(#require(run.lines.last))
        #expect(run.status == 3)
        #expect(last["error"] == "unauthorized")
        #expect(last["retryable"] == false)
        #expect(!run.output.contains("sk-canary"))
    }

    private static func object(_ line: String) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
    }
}
