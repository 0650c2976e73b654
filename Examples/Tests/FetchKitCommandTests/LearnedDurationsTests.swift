import FetchCore
import FetchKitCommand
import FetchTesting
import Foundation
import ProgramTesting
import Testing

@Suite("Learned durations of fetchkit") struct LearnedDurationsTests {
    private static func durations(_ jobs: Int) -> JobDurations {
        var durations = JobDurations()
        for _ in 0..<jobs { durations.learn(CompletedJob(took: .seconds(30))) }
        return durations
    }

    @Test func `a run finds what the run before has learned`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let state = folder.url.appending(path: "state")
        try LearnedDurations(in: state).save(["example.video": Self.durations(3)])
        #expect(LearnedDurations(in: state).durations == ["example.video": Self.durations(3)])
    }

    @Test func `two runs at the same time keep each other's endpoints, and the greater weight of a common one`() throws
    {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (one, other) = (LearnedDurations(in: folder.url), LearnedDurations(in: folder.url))
        try one.save(["example.video": Self.durations(3), "example.common": Self.durations(5)])
        try other.save(["example.image": Self.durations(4), "example.common": Self.durations(2)])
        #expect(
            LearnedDurations(in: folder.url).durations == [
                "example.video": Self.durations(3), "example.image": Self.durations(4),
                "example.common": Self.durations(5),
            ]
        )
    }

    @Test(arguments: ["", "{", #"{"v": 2, "endpoints": {}}"#, #"{"v": 1, "endpoints": {"example.video": {}}}"#])
    func `a damaged file is ignored with a line on standard error, and replaced`(content: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(content, to: "fetchkit/durations.json")
        let keys = CommandHarness.keys.merging(["XDG_STATE_HOME": folder.url.path]) { $1 }
        let service = ScriptedTransport([
            .json(#"{"status": "processing", "eta": 1, "id": 42}"#),
            .json(#"{"status": "success", "id": 42, "output": ["https://cdn.example.com/a/b.mp4"]}"#),
        ])
        let process = try await CommandHarness.run(["wait", "modelslab.video:42"], of: service, keys: keys)
        #expect(process.status == 0)
        #expect(process.errors.contains("durations.json is damaged. It is ignored"))
        let state = folder.url.appending(path: "fetchkit")
        #expect(LearnedDurations(in: state).durations["modelslab.video"]?.isEmpty == false)
        #expect(LearnedDurations(in: state).problem == nil)
    }

    @Test func `--no-learn leaves the file alone`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let keys = CommandHarness.keys.merging(["XDG_STATE_HOME": folder.url.path]) { $1 }
        let process = try await CommandHarness.wait("modelslab.video:1", "--no-learn", keys: keys)
        #expect(process.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
