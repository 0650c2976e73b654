import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("JSON output of fetchkit") struct JSONOutputTests {
    private static let names = [
        "job", "state", "eta", "outputs", "message", "error", "retryable", "v", "fraction", "time", "requests", "files",
    ]

    @Test func `each update and each result is one object per line, and nothing else is printed`() async throws {
        let service = ScriptedTransport([
            .json(#"{"status": "processing", "eta": 1.5, "id": 42}"#),
            .json(#"{"status": "processing", "message": "Try Again", "output": ""}"#),
            .json(#"{"status": "success", "id": 42, "output": ["https://cdn.example.com/a/b.mp4"]}"#),
        ])
        let process = try await CommandHarness.run(["watch", "modelslab.video:42", "--json"], of: service)
        #expect(process.status == 0)
        #expect(process.errors.isEmpty)
        let starts = [
            #"{"job":"modelslab.video:42","state":"pending","eta":1.5,"outputs":[],"#
                + #""message":null,"error":null,"retryable":null,"v":1,"fraction":0"#,
            #"{"job":"modelslab.video:42","state":"pending","eta":null,"outputs":[],"#
                + #""message":"Try Again","error":null,"retryable":null,"v":1,"fraction":0."#,
            #"{"job":"modelslab.video:42","state":"succeeded","eta":null,"#
                + #""outputs":["https://cdn.example.com/a/b.mp4"],"message":null,"error":null,"retryable":null,"#
                + #""v":1,"fraction":1,"time":"#,
        ]
        #expect(process.lines.count == starts.count)
        for (line, start) in zip(process.lines, starts) { #expect(line.hasPrefix(start), "\(line)") }
        for (index, line) in process.lines.enumerated() {
            #expect(line.hasSuffix(#","requests":\#(index + 1),"files":[]}"#), "\(line)")
        }
    }

    @Test(arguments: SimulatedModelsLab.ResponseStyle.allCases)
    func `every line has all keys in the documented order`(
        style: SimulatedModelsLab.ResponseStyle
    ) async throws {
        let process = try await CommandHarness.wait(
            "modelslab.video:1",
            "modelslab.faceswap:2",
            "modelslab.deepfake:3",
            "modelslab.enterprise.facegen:ab-1",
            "--json",
            style: style
        )
        #expect(process.lines.count == 4)
        for line in process.lines {
            let positions = Self.names.compactMap { line.firstRange(of: "\"\($0)\":")?.lowerBound }
            #expect(positions.count == Self.names.count)
            #expect(positions == positions.sorted())
            #expect(try Self.object(line).count == Self.names.count)
        }
    }

    @Test func `a failed job has the provider's message`() async throws {
        let process = try await CommandHarness.wait("modelslab.deepfake:3", "--json")
        let last = try Self.object(#require(process.lines.last))
        #expect(process.status == 1)
        #expect(last["state"] == "failed")
        #expect(last["error"] == "jobFailed")
        #expect(last["retryable"] == false)
        #expect(last["message"]?.string?.contains("No face found") == true)
        #expect(last["outputs"] == [])
    }

    @Test func `an error has its code and retryability`() async throws {
        let process = try await CommandHarness.wait("modelslab.video:4", "--json", "--timeout", "0.5")
        let last = try Self.object(#require(process.lines.last))
        #expect(process.status == 4)
        #expect(last["state"] == "error")
        #expect(last["error"] == "deadlineExceeded")
        #expect(last["retryable"] == true)
        #expect(process.errors.isEmpty)
    }

    @Test func `the error of a wrong key doesn't contain it`() async throws {
        let keys = ["MODELSLAB_API_KEY": "sk-canary-wrong"]
        let process = try await CommandHarness.wait("modelslab.video:1", "--json", keys: keys)
        let last = try Self.object(#require(process.lines.last))
        #expect(process.status == 3)
        #expect(last["error"] == "unauthorized")
        #expect(last["retryable"] == false)
        #expect(!process.output.contains("sk-canary"))
    }

    private static func object(_ line: String) throws -> [String: JSONValue] {
        try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
    }
}
