import FetchCore
import FetchTesting
import Foundation
import ProgramTesting
import Synchronization
import Testing

@Suite("fetchkit queue and schema") struct QueueCommandTests {
    /// Runs a command with the store of a folder.
    private static func run(
        _ folder: TemporaryFolder,
        _ arguments: [String],
        at server: LoopbackServer? = nil,
        input: String? = nil,
        while body: @Sendable (Int32) async throws -> Void = { _ in }
    ) async throws -> ExampleProcess {
        let store = ["FETCHKIT_STORE": folder.url.appending(path: "jobs.sqlite").path]
        return try await ExampleProcess(
            "fetchkit",
            arguments + (server.map { ["--base-url", "\($0.origin)"] } ?? []),
            environment: CommandHarness.keys.merging(store) { $1 },
            input: input,
            while: body
        )
    }

    @Test func `jobs are added, listed, shown, worked on, counted and cancelled`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let service = SimulatedModelsLab(keys: ["modelslab": CommandHarness.key], jobs: CommandHarness.jobs)
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        let jobs = ["modelslab.video:1", "modelslab.deepfake:3", "modelslab.video:4"]
        let add = try await Self.run(folder, ["queue", "add"] + jobs)
        #expect(add.lines == jobs.map { "\($0)  added" }, "\(add.errors)")
        let again = try await Self.run(folder, ["queue", "add", "-"], input: "modelslab.video:1\nnothing\n")
        #expect(again.lines == ["modelslab.video:1  waiting"])
        #expect(again.status == 2)
        #expect(again.errors.contains("line 2"))
        let cancel = try await Self.run(folder, ["queue", "cancel", "modelslab.video:4"])
        #expect(cancel.lines.first?.hasPrefix("modelslab.video:4  cancelled") == true, "\(cancel.errors)")
        let list = try await Self.run(folder, ["queue", "list", "-q"])
        #expect(list.lines == Array(jobs.prefix(2)))
        let work = try await Self.run(folder, ["queue", "work", "--drain", "--json"], at: server)
        #expect(work.status == 0, "\(work.errors)")
        #expect(work.lines.contains { $0.contains(#""job":"modelslab.video:1","state":"succeeded""#) })
        #expect(work.lines.contains { $0.contains(#""job":"modelslab.deepfake:3","state":"failed""#) })
        let show = try await Self.run(folder, ["queue", "show", "modelslab.deepfake:3"])
        #expect(show.output.contains("No face found"))
        #expect(try await Self.run(folder, ["queue", "show", "modelslab.video:9"]).status == 2)
        let stats = try await Self.run(folder, ["queue", "stats", "--json"])
        #expect(stats.output.hasPrefix(#"{"waiting":0,"undelivered":0,"#), "\(stats.output)")
        #expect(try await Self.run(folder, ["queue", "prune"]).output.hasPrefix("0 dead workers"))
        #expect(try await Self.run(folder, ["queue", "retry", "--all"]).status == 0)
        #expect(try await Self.run(folder, ["queue", "retry", "modelslab.video:1"]).status == 2)
        #expect(try await Self.run(folder, ["queue", "cancel", "modelslab.video:77"]).status == 2)
    }

    @Test func `the tables are planned, applied and validated`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(try await Self.run(folder, ["schema", "validate"]).status == 5)
        let plan = try await Self.run(folder, ["schema", "plan"])
        #expect(plan.output.contains("-- Change 1") && plan.output.contains("CREATE TABLE"))
        let migrate = try await Self.run(folder, ["schema", "migrate"])
        #expect(migrate.output.contains(", current"), "\(migrate.errors)")
        #expect(try await Self.run(folder, ["schema", "status"]).output == migrate.output)
        #expect(try await Self.run(folder, ["schema", "validate"]).status == 0)
        #expect(try await Self.run(folder, ["schema", "plan"]).output.isEmpty)
    }

    @Test func `a store must be named, and a database that can't be reached is an error`() async throws {
        let none = try await ExampleProcess("fetchkit", ["queue", "list"])
        #expect(none.status == 2)
        #expect(none.errors.contains("FETCHKIT_STORE"))
        let store = "/nowhere/jobs.sqlite"
        let missing = try await ExampleProcess("fetchkit", ["queue", "list", "--store", store])
        #expect(missing.status == 5)
        #expect(missing.errors.contains(store), "\(missing.errors)")
    }

    @Test func `a worker that is killed among 1,000 jobs loses and repeats no outcome`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (halves, half) = AsyncStream.makeStream(of: Void.self)
        let requests = Mutex(0)
        let server = try LoopbackServer { request in
            if requests.withLock({
                $0 += 1; return $0
            }) == 500 {
                half.yield()
            }
            let id = request.url.lastPathComponent
            return .json(#"{"status": "success", "id": \#(id), "output": ["https://cdn.example.com/\#(id).mp4"]}"#)
        }
        defer { server.stop() }
        let jobs = (1...1_000).map { "modelslab.video:\($0)" }
        let add = try await Self.run(folder, ["queue", "add", "-", "-q"], input: jobs.joined(separator: "\n"))
        #expect(add.lines == jobs)
        let work = ["queue", "work", "--drain", "--json", "--time-to-live", "3s"]
        let killed = try await Self.run(folder, work, at: server) { pid in
            for await _ in halves.prefix(1) {}
            kill(pid, SIGKILL)
        }
        #expect(killed.status == SIGKILL)
        let second = try await Self.run(folder, work, at: server)
        #expect(second.status == 0, "\(second.errors)")
        var ids: [String: Set<Int64>] = [:]
        let complete = killed.lines.filter { $0.hasSuffix("}") } + second.lines
        for line in complete {
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
            ids[value["job"]?.string ?? "", default: []].insert(value["id"]?.integer ?? 0)
        }
        #expect(Set(ids.keys) == Set(jobs))
        #expect(ids.values.allSatisfy { $0.count == 1 })
        // Printed again at most if it was killed between an outcome and its acknowledgement.
        #expect(complete.count - jobs.count <= 1)
    }
}
