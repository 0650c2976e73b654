import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Saving of outputs by fetchkit") struct SaveCommandTests {
    private static let picture = Data(
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B]
    )

    private let folder = FileManager.default.temporaryDirectory.appending(path: "fetchkit-\(UUID())")

    /// Runs fetchkit for a job whose outputs are files of the same server.
    ///
    /// - Parameters:
    ///   - files: The names of the files. Those that begin with `missing` have the status 401.
    ///   - arguments: Arguments in addition to the job and the folder.
    /// - Returns: The process, and the names of the files in the folder, which is removed.
    /// - Throws: An error of the system.
    private func run(_ files: [String], _ arguments: String...) async throws -> (ExampleProcess, [String: Data]) {
        let server = try LoopbackServer { request in
            let (path, host) = (request.url.path(), request.headers["Host"] ?? "")
            guard path.hasPrefix("/files/") else {
                let links = files.map { "\"http://\(host)/files/\($0)\"" }.joined(separator: ",")
                return .json("{\"status\": \"success\", \"id\": 42, \"output\": [\(links)]}")
            }
            if path.hasPrefix("/files/missing") { return .response(FetchResponse(status: 401)) }
            return .response(FetchResponse(status: 200, headers: ["Content-Type": "image/gif"], body: Self.picture))
        }
        defer {
            server.stop()
            try? FileManager.default.removeItem(at: folder)
        }
        let process = try await ExampleProcess(
            "fetchkit",
            ["save", "modelslab.video:42", "--into", folder.path, "--base-url", "\(server.origin)"] + arguments,
            environment: CommandHarness.keys
        )
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let contents = names.map { ($0, (try? Data(contentsOf: folder.appending(path: $0))) ?? Data()) }
        return (process, Dictionary(uniqueKeysWithValues: contents))
    }

    @Test func `the outputs of a job are saved under its name, and their paths printed`() async throws {
        let (process, files) = try await run(["a.gif", "b.gif"])
        #expect(process.status == 0, "\(process.errors)")
        #expect(files == ["modelslab.video-42-0.gif": Self.picture, "modelslab.video-42-1.gif": Self.picture])
        let size = 2 * Self.picture.count
        #expect(process.lines.contains("modelslab.video:42  saved, 2 files with \(size) bytes"))
        for name in files.keys { #expect(process.lines.contains("  \(folder.path)/\(name)")) }
        #expect(process.errors.isEmpty)
    }

    @Test func `with JSON, a line with the paths follows that of the job`() async throws {
        let (process, _) = try await run(["a.gif"], "--json")
        #expect(process.status == 0, "\(process.errors)")
        let path = folder.path + "/modelslab.video-42-0.gif"
        let prefix = #"{"job":"modelslab.video:42","state":"saved","eta":null,"outputs":[""# + path
        #expect(process.lines.last?.hasPrefix(prefix + #""],"message":null,"error":null,"retryable":null"#) == true)
        let file = #"{"bytes":\#(Self.picture.count),"path":"\#(path)","type":"image/gif"}"#
        #expect(process.lines.last?.hasSuffix(#","files":[\#(file)]}"#) == true, "\(process.output)")
    }

    @Test func `--quiet prints the paths alone`() async throws {
        let (process, _) = try await run(["a.gif", "b.gif"], "-q")
        #expect(process.status == 0, "\(process.errors)")
        #expect(process.lines == (0...1).map { "\(folder.path)/modelslab.video-42-\($0).gif" })
        #expect(process.errors.isEmpty)
    }

    @Test func `status 6 if an output couldn't be saved, and the others are saved nevertheless`() async throws {
        let (process, files) = try await run(["a.gif", "missing.gif"])
        #expect(process.status == 6)
        #expect(files.keys.sorted() == ["modelslab.video-42-0.gif"])
        #expect(process.output.contains("1 of 2 outputs saved"))
        #expect(process.errors.contains("unauthorized"))
    }

    @Test func `status 6 if no output could be saved, with the error as JSON`() async throws {
        let (process, files) = try await run(["missing.gif"], "--json")
        #expect(process.status == 6)
        #expect(files.isEmpty)
        #expect(process.lines.last?.contains(#""state":"error","eta":null,"outputs":[]"#) == true)
        #expect(process.lines.last?.contains(#""error":"unauthorized""#) == true)
    }

    @Test func `with JSON, each output that couldn't be saved has a line`() async throws {
        let (process, _) = try await run(["missing-1.gif", "a.gif", "missing-2.gif", "missing-3.gif"], "--json")
        #expect(process.status == 6)
        #expect(process.lines.filter { $0.contains(#""state":"error""#) && $0.contains("unauthorized") }.count == 3)
        let saved = process.lines.filter { $0.contains(#""state":"saved""#) }
        #expect(saved.count == 1)
        #expect(saved.first?.contains("modelslab.video-42-1.gif") == true)
    }

    @Test func `parts that an earlier run has left a day ago are removed`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (part, age) in [(".old.gif.0123456789abcdef.part", 90_000.0), (".new.gif.0123456789abcdef.part", 60)] {
            try Data([1]).write(to: folder.appending(path: part))
            let attributes: [FileAttributeKey: Any] = [.modificationDate: Date() - age]
            try FileManager.default.setAttributes(attributes, ofItemAtPath: folder.appending(path: part).path)
        }
        let (_, files) = try await run(["a.gif"])
        #expect(files.keys.sorted() == [".new.gif.0123456789abcdef.part", "modelslab.video-42-0.gif"])
    }

    @Test func `status 2 if the folder can't be created, and nothing is sent`() async throws {
        let script = LoopbackScript([.json("{}")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let process = try await ExampleProcess(
            "fetchkit",
            ["save", "modelslab.video:42", "--into", "/dev/null/files", "--base-url", "\(server.origin)"],
            environment: CommandHarness.keys
        )
        #expect(process.status == 2)
        #expect(process.errors.contains("--into"))
        #expect(script.requests.isEmpty)
    }

    @Test func `the outputs of the simulation are saved`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = try await ExampleProcess("fetchkit", ["demo", "--into", folder.path])
        #expect(process.status == 0, "\(process.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            names == [
                "modelslab.deepfake-7303-0.gif", "modelslab.enterprise.facegen-ab-1-0.gif",
                "modelslab.faceswap-1201-0.gif", "modelslab.video-4202-0.gif",
            ]
        )
        #expect(process.lines.filter { $0.contains("saved, 410 kB") }.count == 4)
    }
}
