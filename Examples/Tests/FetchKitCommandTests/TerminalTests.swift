import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite(
    "Display in a real terminal",
    .serialized,
    .enabled(if: TerminalSession.program != nil, "tmux isn't installed: .ci/examples installs it")
)
struct TerminalTests {
    private static let wait = "wait modelslab.video:1 modelslab.video:2 modelslab.video:9"

    /// A server whose jobs are pending, until the last one has an output.
    private static func server() throws -> LoopbackServer {
        try LoopbackServer { request in
            let id = request.url.lastPathComponent
            return id == "9"
                ? .json(#"{"status": "success", "id": 9, "output": ["https://cdn.example.com/9.mp4"]}"#)
                : .json(#"{"status": "processing", "eta": 600, "id": \#(id), "message": "Rendering"}"#)
        }
    }

    private static func command(_ arguments: String, at server: LoopbackServer) -> String {
        let program = ExampleProcess.folder.appending(path: "fetchkit").path
        return "\(program) \(arguments) --base-url \(server.origin)"
    }

    /// Runs a command in a terminal of 16 rows, which is closed at the end.
    private static func run(
        _ arguments: String,
        columns: Int,
        variables: String = "",
        _ body: (TerminalSession) async throws -> Void
    ) async throws {
        let server = try server()
        defer { server.stop() }
        let session = try await TerminalSession(
            variables + command(arguments, at: server),
            columns: columns,
            rows: 16,
            environment: CommandHarness.keys
        )
        do {
            try await body(session)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    /// True if the screen has the summary of two waiting jobs and an ended one, below their rows.
    private static func isComplete(_ lines: [String]) -> Bool {
        lines.last == "2 waiting · 1 done" && lines.filter { $0.contains("left") }.count == 2
    }

    @Test(arguments: [40, 80, 120])
    func `the rows of jobs are below the results, and fit into the width`(columns: Int) async throws {
        try await Self.run(Self.wait, columns: columns) { session in
            let lines = try await session.screen { lines in
                Self.isComplete(lines) && (columns < 120 || lines.contains { $0.contains("next request in") })
            }
            try #require(Self.isComplete(lines), "\(lines.joined(separator: "\n"))")
            #expect(lines.first?.hasPrefix("modelslab.video:9  0.") == true)
            #expect(lines.contains("  https://cdn.example.com/9.mp4"))
            let rows = lines.suffix(4)
            #expect(rows.allSatisfy { $0.count < columns })
            #expect(rows.filter { $0.contains("min left") }.count == 2)
            #expect(rows.filter { $0.hasPrefix("✓ ") && $0.contains("done, 1 request") }.count == 1)
            #expect(rows.contains { $0.contains("█") || $0.contains("░") } == (columns > 40))
            #expect(rows.contains { $0.contains("next request in") } == (columns == 120))
        }
    }

    @Test func `a display that is resized leaves nothing behind, and Ctrl-C says how to go on`() async throws {
        try await Self.run(Self.wait, columns: 120) { session in
            for columns in [120, 40, 80, 50, 120] {
                try await session.resize(columns: columns)
                let lines = try await session.screen { lines in
                    Self.isComplete(lines) && lines.filter { $0.contains("waiting") }.count == 1
                        && lines.contains { $0.contains("█") } == (columns > 60)
                }
                #expect(Self.isComplete(lines), "\(columns): \(lines.joined(separator: "\n"))")
                // tmux moves what it has to break out of the top of the screen.
                let results = lines.dropLast(4)
                #expect(results.allSatisfy { $0.hasPrefix("modelslab.video:9  0") || $0.hasPrefix("  https:") })
            }
            try await session.press("C-c")
            let lines = try await session.screen { $0.last == "status 130" }
            #expect(
                Array(lines.suffix(6)) == [
                    "2 waiting · 1 done",
                    "# Interrupted. Nothing was cancelled: 2 jobs go on at the provider.",
                    "# To go on, pass these lines to: fetchkit wait -",
                ] + lines.suffix(3)
            )
            #expect(Set(lines.suffix(3)) == ["modelslab.video:1", "modelslab.video:2", "status 130"])
        }
    }

    @Test func `more jobs than rows are counted`() async throws {
        let jobs = (11...60).map { "modelslab.video:\($0)" }.joined(separator: " ")
        try await Self.run("wait \(jobs)", columns: 80) { session in
            let lines = try await session.screen { lines in
                lines.last == "50 waiting" && lines.filter { $0.contains("left") }.count == 13
            }
            #expect(lines.count == 15, "\(lines.joined(separator: "\n"))")
            #expect(lines.dropLast().last == "  … and 37 more")
        }
    }

    @Test func `a terminal that can't move its cursor has lines alone`() async throws {
        try await Self.run("wait modelslab.video:9", columns: 80, variables: "TERM=dumb ") { session in
            let lines = try await session.screen { $0.last == "status 0" }
            #expect(lines.count == 3, "\(lines)")
            #expect(lines.first?.hasPrefix("modelslab.video:9  0.") == true)
        }
    }

    @Test(arguments: ["", "NO_COLOR=1 "]) func `NO_COLOR has no colours`(variables: String) async throws {
        try await Self.run("wait modelslab.video:9", columns: 80, variables: variables) { session in
            _ = try await session.screen { $0.last == "status 0" }
            let lines = try await session.screen(styled: true)
            #expect(lines.contains { $0.contains("\u{1B}[32m✓") } == variables.isEmpty)
            #expect(lines.contains { $0.contains("\u{1B}") } == variables.isEmpty)
        }
    }
}
