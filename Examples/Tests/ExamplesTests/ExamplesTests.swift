import Foundation
import ProgramTesting
import Testing

@Suite("Example programs") struct ExamplesTests {
    @Test func `quickstart without arguments polls four simulated jobs`() async throws {
        let process = try await ExampleProcess("quickstart")
        #expect(process.status == 0, "\(process.errors)")
        for job in 1...4 {
            #expect(process.lines.contains { $0.hasPrefix("modelslab.video:\(job) succeeded") })
        }
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

    @Test func `save-results prints the path, the type and the proof of each file`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "save-results-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The simulation saves into a folder for temporary files, which is this one.
        let process = try await ExampleProcess("save-results", environment: ["TMPDIR": folder.path])
        #expect(process.status == 0, "\(process.errors)")
        #expect(process.lines.first?.hasSuffix("save-results/modelslab.video-42-0.gif") == true)
        #expect(process.lines.last == "  35 bytes of image/gif, proof: length")
        let file = folder.appending(path: "save-results/modelslab.video-42-0.gif")
        #expect(try Data(contentsOf: file).count == 35)
    }

    @Test func `save-results reports an invalid job reference and a missing key`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "save-results-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (job, problem) in [("modelslab.vidoe:1", "Did you mean"), ("modelslab.video:1", "MODELSLAB_API_KEY")] {
            let process = try await ExampleProcess("save-results", [job, folder.path])
            #expect(process.status == 1)
            #expect(process.errors.contains(problem))
        }
    }

    @Test func `durable-worker goes on after it was killed, and saves each outcome once`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "durable-worker-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = ["--folder", folder.path, "--jobs", "3"]
        let killed = try await ExampleProcess("durable-worker", arguments + ["--kill-after", "1"])
        #expect(killed.status == SIGKILL, "\(killed.errors)")
        let process = try await ExampleProcess("durable-worker", arguments)
        #expect(process.status == 0, "\(process.errors)")
        #expect(process.output.contains("3 jobs: 0 are new, 3 are waited for"))
        let saved = try String(contentsOf: folder.appending(path: "films.txt"), encoding: .utf8).split(separator: "\n")
        #expect(saved.count == 3)
        for job in 1...3 { #expect(saved.contains { $0.contains(" modelslab.video:\(job) succeeded https://") }) }
    }
}
