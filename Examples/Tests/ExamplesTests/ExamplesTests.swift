import Foundation
import Testing

@Suite struct ExamplesTests {
    @Test func `quickstart without arguments waits for one job of each family`() async throws {
        let run = try await Run("quickstart")
        #expect(run.status == 0)
        for job in ["faceswap:1201", "video:4202", "deepfake:7303", "enterprise.facegen:ab-1"] {
            #expect(run.lines.contains { $0.hasPrefix("modelslab.\(job) ") && $0.contains("done, ") })
        }
        #expect(run.lines.filter { $0.hasPrefix("  https://") }.count == 4)
        #expect(run.errors.isEmpty)
    }

    @Test func `custom-endpoint gets its own output by type and links by name`() async throws {
        let run = try await Run("custom-endpoint")
        #expect(run.status == 0)
        #expect(run.output.contains("2 layers of blue paper"))
        #expect(run.output.contains("https://cdn.papercut.example/sunset-8/hills.svg"))
        #expect(run.output.contains("modelslab.video:42"))
        #expect(run.errors.isEmpty)
    }

    @Test func `generic-polling prints the outcome of each job in its sample file`() async throws {
        let run = try await Run("generic-polling")
        #expect(run.status == 0)
        #expect(run.output.contains("modelslab.video:4202 succeeded"))
        #expect(run.output.contains("No face found"))
        #expect(run.lines.filter { $0.hasPrefix("  https://") }.count == 3)
    }

    @Test func `generic-polling names the line of a file that isn't a job`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "jobs-\(UUID()).txt")
        try Data("# Mine\n\nmodelslab.video\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = try await Run("generic-polling", [file.path])
        #expect(run.status == 2)
        #expect(run.errors.contains("line 3"))
    }
}
