import Foundation
import Testing

@Suite("Example programs") struct ExamplesTests {
    @Test func `quickstart without arguments polls one job of each family`() async throws {
        let process = try await ExampleProcess("quickstart")
        #expect(process.status == 0)
        for job in ["faceswap:1201", "video:4202", "deepfake:7303", "enterprise.facegen:ab-1"] {
            #expect(process.lines.contains { $0.hasPrefix("modelslab.\(job) ") && $0.contains("done, ") })
        }
        #expect(process.lines.filter { $0.hasPrefix("  https://") }.count == 4)
        #expect(process.errors.isEmpty)
    }

    @Test func `custom-endpoint prints its typed output by type and links by name`() async throws {
        let process = try await ExampleProcess("custom-endpoint")
        #expect(process.status == 0)
        #expect(process.output.contains("2 layers of blue paper"))
        #expect(process.output.contains("https://cdn.papercut.example/sunset-8/hills.svg"))
        #expect(process.output.contains("modelslab.video:42"))
        #expect(process.errors.isEmpty)
    }

    @Test func `generic-polling prints the outcome of each job in its sample file`() async throws {
        let process = try await ExampleProcess("generic-polling")
        #expect(process.status == 0)
        #expect(process.output.contains("modelslab.video:4202 succeeded"))
        #expect(process.output.contains("No face found"))
        #expect(process.lines.filter { $0.hasPrefix("  https://") }.count == 3)
    }

    @Test func `generic-polling reports the line of an invalid job reference`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "jobs-\(UUID()).txt")
        try Data("# Mine\n\nmodelslab.video\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = try await ExampleProcess("generic-polling", [file.path])
        #expect(process.status == 2)
        #expect(process.errors.contains("line 3"))
    }
}
