import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

/// One row for each exit status of `fetchkit help exit`. The order if several apply is tested in ``ExitStatusTests``.
@Suite("Table of exit statuses") struct ExitStatusTableTests {
    struct Row: CustomTestStringConvertible {
        let status: Int32
        let arguments: [String]
        var keys = CommandHarness.keys
        var response = LoopbackResponse.json(#"{"status": "processing", "id": 1}"#)
        var signal: Int32?

        var testDescription: String { "\(status)" }
    }

    private static let success = #"{"status": "success", "id": 1, "output": ["http://127.0.0.1:1/a.gif"]}"#

    static let rows = [
        Row(status: 0, arguments: ["wait", "modelslab.video:1"], response: .json(success)),
        Row(
            status: 1,
            arguments: ["wait", "modelslab.video:1"],
            response: .json(#"{"status": "failed", "message": "No face found"}"#)
        ),
        Row(status: 2, arguments: ["wait", "modelslab.video"]),
        Row(status: 3, arguments: ["wait", "modelslab.video:1"], keys: [:]),
        Row(status: 4, arguments: ["wait", "modelslab.video:1", "--timeout", "0.5s"]),
        Row(
            status: 5,
            arguments: ["wait", "modelslab.video:1"],
            response: .json(#"{"status": "error", "message": "Out of credits"}"#, status: 402)
        ),
        // A link to a port without a listener, at an address that isn't allowed without --base-url's port either.
        Row(
            status: 6,
            arguments: ["save", "modelslab.video:1", "--into", NSTemporaryDirectory()],
            response: .json(success.replacing("http://127.0.0.1:1", with: "http://127.0.0.2:1"))
        ),
        Row(status: 130, arguments: ["wait", "modelslab.video:1"], signal: SIGINT),
        Row(status: 143, arguments: ["watch", "modelslab.video:1"], signal: SIGTERM),
    ]

    @Test(arguments: rows) func `each end of a run has its own status`(row: Row) async throws {
        let (requests, request) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { _ in
            request.yield()
            return row.response
        }
        defer { server.stop() }
        let process = try await ExampleProcess(
            "fetchkit",
            row.arguments + ["--base-url", "\(server.origin)"],
            environment: row.keys
        ) { pid in
            guard let signal = row.signal else { return }
            for await _ in requests.prefix(1) {}
            kill(pid, signal)
        }
        #expect(process.status == row.status, "\(process.errors)")
        let help = try await ExampleProcess("fetchkit", ["help", "exit"])
        #expect(help.lines.contains { $0.hasPrefix("  \(row.status) ") })
    }
}
