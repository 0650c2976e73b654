import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Jobs of fetchkit wait") struct WaitCommandTests {
    private static func service(_ jobs: [SimulatedModelsLab.Job] = CommandHarness.jobs) -> SimulatedModelsLab {
        SimulatedModelsLab(
            keys: ["modelslab": CommandHarness.key, "modelslab.enterprise": CommandHarness.enterpriseKey],
            jobs: jobs
        )
    }

    @Test func `standard input has jobs, objects, comments and blank lines`() async throws {
        let input = """
            # Mine

            modelslab.video:1
            {"job": "modelslab.faceswap:2", "submitted": "2026-05-01T12:00:00Z", "eta": 40}
              modelslab.enterprise.facegen:ab-1\r
            """
        let process = try await CommandHarness.run(["wait", "-", "-q"], of: Self.service(), input: input)
        #expect(process.status == 0, "\(process.errors)")
        #expect(
            process.lines.sorted() == [
                "modelslab.enterprise.facegen:ab-1", "modelslab.faceswap:2", "modelslab.video:1",
            ]
        )
    }

    @Test(arguments: [
        ("modelslab.vidoe:1", "line 2: modelslab.vidoe:1: no endpoint named"),
        ("{\"job\": 1}", "line 2: the object has no string “job”"),
        ("{\"job\": ", "line 2: the line isn't a JSON object"),
        ("{\"job\": \"modelslab.video:1\", \"submitted\": \"soon\"}", "neither an ISO 8601 date"),
        ("{\"job\": \"modelslab.video:1\", \"submitted\": 0, \"eta\": \"soon\"}", "“eta” isn't a number"),
    ])
    func `a line that isn't a job is reported with its number, and the others are polled`(
        line: String,
        problem: String
    ) async throws {
        let input = "modelslab.faceswap:2\n\(line)\nmodelslab.video:1\n"
        let process = try await CommandHarness.run(["wait", "-", "-q"], of: Self.service(), input: input)
        #expect(process.status == 2)
        #expect(process.errors.contains(problem), "\(process.errors)")
        #expect(process.lines.sorted() == ["modelslab.faceswap:2", "modelslab.video:1"])
    }

    @Test func `the JSON output of one run is the input of another`() async throws {
        let first = try await CommandHarness.run(
            ["wait", "modelslab.video:1", "modelslab.faceswap:2", "--json"],
            of: Self.service()
        )
        let second = try await CommandHarness.run(["wait", "-", "-q"], of: Self.service(), input: first.output)
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.lines.count == 2)
    }

    @Test func `a job can be the URL that polls it, also at the server of --base-url`() async throws {
        let server = try LoopbackServer(serving: Self.service())
        defer { server.stop() }
        for origin in ["https://modelslab.com", "\(server.origin)"] {
            let process = try await ExampleProcess(
                "fetchkit",
                ["wait", "\(origin)/api/v6/video/fetch/1", "-q", "--base-url", "\(server.origin)"],
                environment: CommandHarness.keys
            )
            #expect(process.status == 0, "\(process.errors)")
            #expect(process.lines == ["modelslab.video:1"])
        }
    }

    @Test func `a job that is named twice is polled once`() async throws {
        let process = try await CommandHarness.wait("modelslab.video:1", "modelslab.video:1", "-q")
        #expect(process.lines == ["modelslab.video:1"])
    }

    @Test func `--any ends with the first success, and --fail-fast with the first failure`() async throws {
        let any = try await CommandHarness.wait("modelslab.video:4", "modelslab.video:1", "--any")
        #expect(any.status == 0, "\(any.errors)")
        #expect(any.lines.first?.hasPrefix("modelslab.video:1 ") == true)
        #expect(any.errors.split(separator: "\n").last == "modelslab.video:4")

        let failed = try await CommandHarness.wait("modelslab.video:4", "modelslab.deepfake:3", "--fail-fast")
        #expect(failed.status == 1, "\(failed.errors)")
        #expect(failed.errors.split(separator: "\n").last == "modelslab.video:4")
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a signal prints the jobs that go on, which another run reads`(signal: Int32, status: Int32) async throws {
        let (requests, request) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { _ in
            request.yield()
            return .json(#"{"status": "processing", "eta": 20, "id": 4}"#)
        }
        defer { server.stop() }
        let input = """
            modelslab.video:4
            {"job": "modelslab.faceswap:5", "submitted": "2026-05-01T12:00:00Z", "eta": 40}
            """
        let process = try await ExampleProcess(
            "fetchkit",
            ["wait", "-", "--base-url", "\(server.origin)"],
            environment: CommandHarness.keys,
            input: input
        ) { pid in
            for await _ in requests.prefix(2) {}
            kill(pid, signal)
        }
        #expect(process.status == status)
        #expect(process.output.isEmpty)
        let lines = process.errors.split(separator: "\n").map(String.init)
        #expect(lines.first == "# Interrupted. Nothing was cancelled: 2 jobs go on at the provider.")
        #expect(
            Set(lines.filter { !$0.hasPrefix("#") }) == [
                "modelslab.video:4",
                #"{"job":"modelslab.faceswap:5","submitted":"2026-05-01T12:00:00Z","eta":40}"#,
            ]
        )
        let jobs = [("video", "4"), ("faceswap", "5")].map { family, id in
            SimulatedModelsLab.Job(family: family, id: id, duration: .zero)
        }
        let next = try await CommandHarness.run(["wait", "-", "-q"], of: Self.service(jobs), input: process.errors)
        #expect(next.status == 0, "\(next.errors)")
        #expect(next.lines.count == 2)
    }

    @Test func `--verbose prints each request on standard error, without the key`() async throws {
        let process = try await CommandHarness.wait("modelslab.video:1", "-v", "-q")
        #expect(process.lines == ["modelslab.video:1"])
        #expect(process.errors.contains("modelslab.video:1  request 1  127.0.0.1  HTTP 200"))
        #expect(!process.errors.contains(CommandHarness.key))
    }

    @Test func `get polls once: a pending job yields status 4`() async throws {
        let process = try await CommandHarness.run(
            ["get", "modelslab.video:4", "modelslab.video:1"],
            of: Self.service()
        )
        #expect(process.status == 4, "\(process.errors)")
        #expect(process.lines.contains { $0.hasPrefix("modelslab.video:4") && $0.contains("pending, ETA 20 s") })
        #expect(process.lines.contains { $0.hasPrefix("modelslab.video:1") && $0.hasSuffix("done, 1 request") })
        let failed = try await CommandHarness.run(["get", "modelslab.deepfake:3"], of: Self.service())
        #expect(failed.status == 1)
        #expect(failed.output.contains("No face found"))
    }
}
